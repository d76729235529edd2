"use client";

import { chainStanding } from "@/components/explorer/chain-standing";
import { AddressText } from "@/components/figures/address-text";
import { AmountText } from "@/components/figures/amount-text";
import { UnknownText } from "@/components/figures/unknown-text";
import { StateBadge } from "@/components/state/state-badge";
import { Button } from "@/components/ui/button";
import { decToPercent } from "@/lib/chain/dec";
import type { StakeAct } from "./stake-dialog";
import { denomOf, type StakingNetwork } from "./staking-network";
import type { ShownPosition } from "./use-position";
import { yieldAfterCommission } from "./yield-after-commission";

type Stake = ShownPosition["delegations"][number];

/** How the validator stands by the chain's word; only in the set does it earn for the wallet. */
function StakeState({ stake: { status, isJailed } }: { stake: Stake }) {
  if (isJailed === null || status === null) return <StateBadge state="unknown" word="Unknown" />;
  return <StateBadge {...chainStanding({ status, isJailed })} />;
}

type StakeListProps = {
  position: ShownPosition;
  network: StakingNetwork;
  canAct: boolean;
  onStake: (act: StakeAct) => void;
  onWithdraw: (operatorAddress: string) => void;
};

/** Each validator that the wallet has stake with: how much, what it earned, and what can be done with it. */
export function StakeList({ position, network, canAct, onStake, onWithdraw }: StakeListProps) {
  const denom = denomOf(network);
  return (
    <ul className="divide-y">
      {position.delegations.map((stake) => {
        const of = { operatorAddress: stake.operatorAddress, moniker: stake.moniker };
        const rate = yieldAfterCommission(position.aprBeforeCommission, stake.commissionRate);
        return (
          <li key={stake.operatorAddress} className="grid gap-3 px-4 py-3 lg:grid-cols-[minmax(0,1fr)_auto]">
            <div className="grid min-w-0 gap-1">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="min-w-0 font-medium break-words">{stake.moniker}</span>
                <StakeState stake={stake} />
                <AddressText value={stake.operatorAddress} kind="operator address" />
              </div>
              <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
                <div className="flex gap-1.5">
                  <dt className="text-ink-muted">Staked</dt>
                  <dd>
                    <AmountText amountBaseUnits={stake.amountBaseUnits} denom={denom} />
                  </dd>
                </div>
                <div className="flex gap-1.5">
                  <dt className="text-ink-muted">Unclaimed</dt>
                  <dd>
                    <AmountText amountBaseUnits={stake.rewardsBaseUnits} denom={denom} />
                  </dd>
                </div>
                <div className="flex gap-1.5">
                  <dt className="text-ink-muted">Commission</dt>
                  <dd>
                    {stake.commissionRate === null ? (
                      <UnknownText reason="The validator was not in the set that was read." />
                    ) : (
                      `${decToPercent(stake.commissionRate)} %`
                    )}
                  </dd>
                </div>
                <div className="flex gap-1.5">
                  <dt className="text-ink-muted">A year</dt>
                  <dd>
                    {stake.isJailed || (stake.status !== null && stake.status !== "bonded") ? (
                      "nothing while it is outside the set"
                    ) : rate === null ? (
                      <UnknownText reason={position.aprUnknownBecause ?? "The validator's commission is not known."} />
                    ) : (
                      `${rate} %`
                    )}
                  </dd>
                </div>
              </dl>
            </div>
            {canAct ? (
              <div className="flex flex-wrap items-center gap-2">
                <Button size="small" onClick={() => onStake({ kind: "delegate", ...of })}>
                  Delegate
                </Button>
                <Button
                  size="small"
                  onClick={() => onStake({ kind: "undelegate", ...of, amountBaseUnits: stake.amountBaseUnits })}
                >
                  Undelegate
                </Button>
                <Button
                  size="small"
                  onClick={() => onStake({ kind: "redelegate", ...of, amountBaseUnits: stake.amountBaseUnits })}
                >
                  Redelegate
                </Button>
                <Button
                  size="small"
                  disabled={stake.rewardsBaseUnits === "0"}
                  onClick={() => onWithdraw(stake.operatorAddress)}
                >
                  Withdraw
                </Button>
              </div>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
