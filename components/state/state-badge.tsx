import { classNames } from "@/components/ui/class-names";
import { STATE_TEXT, type State } from "./state";
import { StateMark } from "./state-mark";

/** A state as shape, word and colour together; for tables and headings. `word` is the domain's own ("Signing", "Jailed"). */
export function StateBadge({ state, word, className }: { state: State; word: string; className?: string }) {
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1.5 text-sm font-medium whitespace-nowrap",
        STATE_TEXT[state],
        className,
      )}
    >
      <StateMark state={state} />
      {word}
    </span>
  );
}
