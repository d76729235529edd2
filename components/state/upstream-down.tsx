"use client";

import { RotateCw } from "lucide-react";
import { AgeText } from "@/components/figures/age-text";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { StateMark } from "./state-mark";

type UpstreamDownProps = {
  /** Who does not answer: "The chain", "Docker on this machine". */
  upstream: string;
  /** Why, as far as it is known, and what goes on working all the same. */
  sentence: string;
  code?: string | undefined;
  /** When what is on screen was read, ISO 8601; left out when nothing is on screen. */
  shownAt?: string | undefined;
  /** When the newest block was made that is recorded of it, where nothing else of it is on screen. */
  knownAt?: string | undefined;
  onRetry?: (() => void) | undefined;
  isRetrying?: boolean;
  /** Stands inside a panel in the place of its content, instead of as a strip above what is still shown. */
  fills?: boolean;
};

/** An upstream that does not answer: who, why, how old what is shown is, and a way to ask again. Never a zero or a blank. */
export function UpstreamDown({
  upstream,
  sentence,
  code,
  shownAt,
  knownAt,
  onRetry,
  isRetrying,
  fills,
}: UpstreamDownProps) {
  return (
    <div
      role="status"
      className={classNames(
        "flex gap-3 text-sm",
        fills
          ? "flex-col items-center px-6 py-12 text-center"
          : "flex-wrap items-center rounded-md border bg-panel px-4 py-2.5",
      )}
    >
      <StateMark state="unknown" className={fills ? "size-6" : ""} />
      <div className="min-w-0 flex-1">
        <p className="text-pretty">
          <strong className="font-semibold">{upstream} does not answer.</strong> {sentence}
        </p>
        <p className="text-xs text-ink-muted">
          {shownAt ? (
            <>
              What is shown was read <AgeText at={shownAt} />.
            </>
          ) : knownAt ? (
            <>
              The newest block that is known of it was made <AgeText at={knownAt} />.
            </>
          ) : (
            "Nothing has been read from it, so nothing of it is shown."
          )}
          {code ? <span className="ml-2 font-mono text-ink-faint">{code}</span> : null}
        </p>
      </div>
      {onRetry ? (
        <Button size="small" onClick={onRetry} busy={isRetrying ?? false}>
          <RotateCw />
          Ask again
        </Button>
      ) : null}
    </div>
  );
}
