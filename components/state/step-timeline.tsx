"use client";

import type { ReactNode } from "react";
import { useNow } from "@/components/figures/use-now";
import { classNames } from "@/components/ui/class-names";
import { STATE_TEXT, type State } from "./state";
import { StepMark } from "./step-mark";
import { describeStepTiming, type StepState, type StepTimes } from "./step-timing";

/** One durable step. `sentence` says what happens, or what happened, why, and what to do now; `code` only where it failed. */
export type TimelineStep = StepTimes & {
  id: string;
  label: string;
  sentence?: string | undefined;
  code?: string | undefined;
  /** The one act this step waits for, or that heals it. */
  action?: ReactNode;
};

/** How each step state is judged, and its word. */
export const STEP_JUDGEMENT: Record<StepState, { state: State; word: string }> = {
  waiting: { state: "off", word: "Not started" },
  running: { state: "moving", word: "Running" },
  retrying: { state: "attention", word: "Waiting to try again" },
  person: { state: "attention", word: "Waiting for you" },
  done: { state: "ok", word: "Done" },
  failed: { state: "danger", word: "Failed" },
  cancelled: { state: "off", word: "Cancelled" },
  undone: { state: "off", word: "Done, then undone" },
};

/** Durable steps from top to bottom, each with its state, time and sentence. Times run on; nothing moves. */
export function StepTimeline({ label, steps }: { label: string; steps: readonly TimelineStep[] }) {
  const nowMs = useNow();
  return (
    <ol aria-label={label}>
      {steps.map((step, index) => {
        const { state, word } = STEP_JUDGEMENT[step.state];
        const isQuiet = step.state === "waiting" || step.state === "cancelled" || step.state === "undone";
        return (
          <li
            key={step.id}
            className="relative flex gap-3 pb-4 last:pb-0"
            aria-current={step.state === "running" ? "step" : undefined}
          >
            {index < steps.length - 1 ? (
              <span
                aria-hidden="true"
                className={classNames(
                  "absolute top-6 bottom-0.5 left-2 w-px",
                  step.state === "done" ? "bg-ok-mark" : "bg-line",
                )}
              />
            ) : null}
            <StepMark state={step.state} />
            <div className="min-w-0 flex-1">
              <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span className={classNames("text-base", isQuiet ? "text-ink-muted" : "font-medium")}>
                  {step.label}
                </span>
                <span className="text-xs text-ink-muted">
                  <span className={step.state === "done" ? "sr-only" : STATE_TEXT[state]}>{word}</span>
                  <Timing text={describeStepTiming(step, nowMs)} isAfterWord={step.state !== "done"} />
                </span>
              </div>
              {step.sentence ? <p className="mt-0.5 text-sm text-pretty text-ink-muted">{step.sentence}</p> : null}
              {step.code ? <p className="mt-0.5 font-mono text-xs text-ink-faint">{step.code}</p> : null}
              {step.action ? <div className="mt-2 flex flex-wrap gap-2">{step.action}</div> : null}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Timing({ text, isAfterWord }: { text: string; isAfterWord: boolean }) {
  if (text === "") return null;
  return (
    <span suppressHydrationWarning>
      {isAfterWord ? ", " : ""}
      {text}
    </span>
  );
}
