"use client";

import { Tooltip } from "@/components/ui/tooltip";

/** Stands where a figure could not be read: hatched, a word, and the reason on hover or focus. Never a zero or a dash. */
export function UnknownText({ reason, word = "unknown" }: { reason: string; word?: string }) {
  return (
    <Tooltip content={reason}>
      <button
        type="button"
        className="inline-flex items-center gap-1.5 text-ink-muted"
        aria-label={`${word}: ${reason}`}
      >
        <span className="hatch inline-block size-[0.7em] rounded-sm border border-unknown-mark" />
        <span className="evidence">{word}</span>
      </button>
    </Tooltip>
  );
}
