import { classNames } from "./class-names";

/** A key or chord drawn as keys, one cap a word: `keys="Ctrl K"`. Not shown where fingers point, not read aloud. */
export function KeyHint({ keys, className }: { keys: string; className?: string }) {
  return (
    <span aria-hidden="true" className={classNames("inline-flex gap-0.5 coarse:hidden", className)}>
      {keys.split(" ").map((key) => (
        <kbd
          key={key}
          className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-current/35 px-1 font-sans text-xs leading-none"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
