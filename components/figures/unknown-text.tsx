"use client";

import { Tooltip } from "@/components/ui/tooltip";

/** Stands where a figure could not be read: hatched, a word, and the reason on hover or focus. Never a zero or a dash. */
export function UnknownText({ reason, word = "unknown" }: { reason: string; word?: string }) {
  return (
    <Tooltip content={reason}>
      <button type="button" className="hatch inline-flex rounded-sm px-1" aria-label={`${word}: ${reason}`}>
        <span className="rounded-sm bg-panel px-1 text-ink-muted">{word}</span>
      </button>
    </Tooltip>
  );
}
