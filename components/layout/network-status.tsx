"use client";

import { AgeText } from "@/components/figures/age-text";
import type { State } from "@/components/state/state";
import { StateMark } from "@/components/state/state-mark";
import { Tooltip } from "@/components/ui/tooltip";
import { groupDigits } from "@/lib/format/group-digits";

/** What the header says of the network in use. Without a height nothing has been read yet; `reason` says why. */
export type NetworkStatusProps = {
  name: string;
  chainId: string;
  state: State;
  /** "Live", "Halted", "Not reachable", "No reading yet". */
  word: string;
  heightBlocks?: number | undefined;
  /** Time of that block, ISO 8601. */
  blockAt?: string | undefined;
  reason?: string | undefined;
};

/** The network in one line of the header: state, height and how old the height is. */
export function NetworkStatus({ name, chainId, state, word, heightBlocks, blockAt, reason }: NetworkStatusProps) {
  return (
    <div className="flex min-w-0 items-center gap-2 text-xs text-ink-muted">
      <Tooltip
        side="bottom"
        content={
          <span className="grid gap-0.5">
            <span className="font-mono">{chainId}</span>
            {reason ? <span className="text-ink-muted">{reason}</span> : null}
          </span>
        }
      >
        <button type="button" className="flex min-w-0 items-center gap-1.5">
          <StateMark state={state} className="size-2.5" />
          <span className="truncate text-ink max-sm:sr-only">{name}</span>
          <span className="hidden whitespace-nowrap sm:inline">{word}</span>
        </button>
      </Tooltip>
      {heightBlocks === undefined ? null : (
        <span className="whitespace-nowrap">
          <span className="hidden sm:inline">block </span>
          <span className="font-mono text-ink">{groupDigits(heightBlocks)}</span>
        </span>
      )}
      {blockAt ? (
        <span className="hidden w-18 md:inline">
          <AgeText at={blockAt} />
        </span>
      ) : null}
    </div>
  );
}
