"use client";

import type { ReactNode } from "react";
import { Tooltip } from "@/components/ui/tooltip";
import { formatAge } from "@/lib/format/format-age";
import { formatInstant } from "@/lib/format/format-instant";
import { groupDigits } from "@/lib/format/group-digits";
import { useNow } from "./use-now";

/** Where a figure comes from: the source in words, and the height or the time at which it was read. */
export type Evidence = {
  source: string;
  heightBlocks?: number | undefined;
  at?: string | undefined;
  command?: string | undefined;
};

/** A figure that can say where it comes from and how old it is, on hover and on focus. */
export function EvidenceTip({ evidence, children }: { evidence: Evidence; children: ReactNode }) {
  return (
    <Tooltip content={<EvidenceLines evidence={evidence} />}>
      <button type="button" className="evidence text-left">
        {children}
      </button>
    </Tooltip>
  );
}

function EvidenceLines({ evidence }: { evidence: Evidence }) {
  const nowMs = useNow();
  const atMs = evidence.at === undefined ? Number.NaN : Date.parse(evidence.at);
  return (
    <span className="grid gap-0.5">
      <span>{evidence.source}</span>
      {evidence.heightBlocks === undefined ? null : (
        <span className="text-ink-muted">at block {groupDigits(evidence.heightBlocks)}</span>
      )}
      {Number.isNaN(atMs) ? null : (
        <span className="text-ink-muted">
          {formatAge(atMs, nowMs)}, {formatInstant(atMs)}
        </span>
      )}
      {evidence.command ? <span className="font-mono break-all text-ink-muted">{evidence.command}</span> : null}
    </span>
  );
}
