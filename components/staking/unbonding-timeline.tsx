"use client";

import { AmountText } from "@/components/figures/amount-text";
import { Meter } from "@/components/figures/meter";
import { useNow } from "@/components/figures/use-now";
import { Button } from "@/components/ui/button";
import { formatDuration } from "@/lib/format/format-duration";
import { formatInstant } from "@/lib/format/format-instant";
import { denomOf, type StakingNetwork } from "./staking-network";
import type { ShownPosition } from "./use-position";

type Unbonding = ShownPosition["unbondings"][number];

type UnbondingTimelineProps = {
  position: ShownPosition;
  network: StakingNetwork;
  canAct: boolean;
  onCancel: (unbonding: Unbonding) => void;
};

/** What unbonds, the next to end first, each with how far it is; and stake that cannot be moved on yet. */
export function UnbondingTimeline({ position, network, canAct, onCancel }: UnbondingTimelineProps) {
  const nowMs = useNow();
  const denom = denomOf(network);
  const leftOf = (completesAt: string) => Math.max(0, (Date.parse(completesAt) - nowMs) / 1_000);
  return (
    <ul className="divide-y">
      {position.unbondings.map((entry) => {
        const total = (Date.parse(entry.completesAt) - Date.parse(entry.startedAt)) / 1_000;
        const left = leftOf(entry.completesAt);
        return (
          <li
            key={`${entry.operatorAddress}/${entry.creationHeightBlocks}`}
            className="grid gap-2 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center"
          >
            <div className="grid min-w-0 gap-1.5">
              <p className="text-sm">
                <AmountText amountBaseUnits={entry.balanceBaseUnits} denom={denom} className="font-medium" /> from{" "}
                <span className="break-words">{entry.moniker}</span>
              </p>
              <Meter
                label={`Yours again ${formatInstant(Date.parse(entry.completesAt), "UTC")}`}
                value={total - left}
                max={total}
                valueText={left === 0 ? "with the next block" : `in ${formatDuration(left * 1_000)}`}
                state="moving"
              />
            </div>
            {canAct && left > 0 ? (
              <Button size="small" onClick={() => onCancel(entry)}>
                Cancel unbonding
              </Button>
            ) : null}
          </li>
        );
      })}
      {position.redelegations.map((entry) => (
        <li
          key={`${entry.sourceOperatorAddress}/${entry.destinationOperatorAddress}/${entry.completesAt}`}
          className="px-4 py-3 text-sm text-ink-muted"
        >
          <AmountText amountBaseUnits={entry.balanceBaseUnits} denom={denom} className="text-ink" /> moved to{" "}
          <span className="break-words">{entry.destinationMoniker}</span> cannot be moved on for{" "}
          {formatDuration(leftOf(entry.completesAt) * 1_000)}.
        </li>
      ))}
    </ul>
  );
}
