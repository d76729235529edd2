"use client";

import { AgeText } from "@/components/figures/age-text";
import { AmountText } from "@/components/figures/amount-text";
import { Figure, FigureRow } from "@/components/figures/figure";
import { UnknownText } from "@/components/figures/unknown-text";
import { decToPercent } from "@/lib/chain/dec";
import { denomOf, type StakingNetwork } from "./staking-network";
import type { ShownPosition } from "./use-position";

const sumOf = (amounts: readonly string[]): string =>
  amounts.reduce((sum, amount) => sum + BigInt(amount), 0n).toString();

/** What the wallet can spend, has staked, has earned, and gets back. */
export function PositionFigures({ position, network }: { position: ShownPosition; network: StakingNetwork }) {
  const denom = denomOf(network);
  const vests = BigInt(position.balanceBaseUnits) - BigInt(position.spendableBaseUnits);
  const unbonding = sumOf(position.unbondings.map(({ balanceBaseUnits }) => balanceBaseUnits));
  const [next] = position.unbondings;
  const count = position.unbondings.length;
  const commission = position.ownValidator?.commissionBaseUnits ?? "0";
  return (
    <FigureRow>
      <Figure
        label="Can be spent"
        value={<AmountText amountBaseUnits={position.spendableBaseUnits} denom={denom} />}
        detail={
          vests > 0n ? (
            <>
              <AmountText amountBaseUnits={vests.toString()} denom={denom} /> vest yet
            </>
          ) : undefined
        }
      />
      <Figure
        label="Staked"
        value={<AmountText amountBaseUnits={position.stakedBaseUnits} denom={denom} />}
        detail={
          position.aprBeforeCommission === null ? (
            <UnknownText reason={position.aprUnknownBecause ?? "The chain did not tell what it mints."} />
          ) : (
            `${decToPercent(position.aprBeforeCommission)} % a year before commission, by what the chain mints now`
          )
        }
      />
      <Figure
        label="Unclaimed rewards"
        value={<AmountText amountBaseUnits={position.rewardsBaseUnits} denom={denom} />}
        detail={
          commission === "0" ? undefined : (
            <>
              and <AmountText amountBaseUnits={commission} denom={denom} /> of commission
            </>
          )
        }
      />
      <Figure
        label="Unbonding"
        value={<AmountText amountBaseUnits={unbonding} denom={denom} />}
        detail={
          next ? (
            <>
              {count === 1 ? "yours" : `the first of ${count} parts yours`} again <AgeText at={next.completesAt} />
            </>
          ) : undefined
        }
      />
    </FigureRow>
  );
}
