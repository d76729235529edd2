import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { STATE_TEXT, type State } from "./state";
import { StateMark } from "./state-mark";

export type StateSentenceProps = {
  state: State;
  /** The first word or two: "Signing", "Jailed since 12:04". */
  word: string;
  /** The rest: what it rests on and how far the next worse state is. */
  children: ReactNode;
  /** One next act, where there is one. */
  action?: ReactNode;
  /** Reads changes aloud; for the one sentence at the head of a live page. */
  live?: boolean;
};

/** What matters, in one sentence at the top of a page; the picture below proves it. */
export function StateSentence({ state, word, children, action, live }: StateSentenceProps) {
  return (
    <div className="flex flex-col gap-3 sm:flex-row sm:items-start sm:justify-between">
      <p className="flex min-w-0 gap-2.5 text-lg text-pretty" {...(live ? { role: "status" } : {})}>
        <StateMark state={state} className="mt-1.25 size-3.5" />
        <span>
          <strong className={classNames("font-semibold", STATE_TEXT[state])}>{word}.</strong> <span>{children}</span>
        </span>
      </p>
      {action ? <div className="flex shrink-0 gap-2">{action}</div> : null}
    </div>
  );
}
