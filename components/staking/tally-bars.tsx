import { AmountText, type Denom } from "@/components/figures/amount-text";
import { Meter } from "@/components/figures/meter";
import type { State } from "@/components/state/state";
import { decToPercent } from "@/lib/chain/dec";
import type { Proposal } from "@/server/domains/staking/governance/schemas";
import { sharePercent } from "./share-percent";

type TallyBarsProps = Pick<Proposal, "tally" | "bondedBaseUnits" | "quorum" | "threshold" | "vetoThreshold"> & {
  denom: Denom;
};

type Row = {
  readonly label: string;
  readonly amount: bigint;
  /** What it is a share of. */
  readonly of: bigint;
  readonly bound?: string;
  readonly limit?: string;
  /** What reaching the bound means. */
  readonly beyond?: State;
};

/** The count so far: who took part, and how they voted, each against its bound. */
export function TallyBars({ tally, bondedBaseUnits, quorum, threshold, vetoThreshold, denom }: TallyBarsProps) {
  const [yes, abstain, no, veto] = [tally.yes, tally.abstain, tally.no, tally.noWithVeto].map(BigInt) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const voted = yes + abstain + no + veto;
  const counted = yes + no + veto;
  const passing = `${decToPercent(threshold)} % of those who did not abstain pass it`;
  const stopping = `${decToPercent(vetoThreshold)} % of all votes stop it`;
  const rows: readonly Row[] = [
    { label: "Yes", amount: yes, of: counted, bound: passing, limit: threshold, beyond: "ok" },
    { label: "No", amount: no, of: counted },
    { label: "No with veto", amount: veto, of: voted, bound: stopping, limit: vetoThreshold, beyond: "danger" },
    { label: "Abstain", amount: abstain, of: voted },
  ];
  const turnout = sharePercent(voted, BigInt(bondedBaseUnits));
  const needed = Number(decToPercent(quorum));
  return (
    <div className="grid gap-4">
      <Meter
        label={`Taking part: ${decToPercent(quorum)} % of the stake is needed`}
        value={turnout}
        max={100}
        limit={needed}
        valueText={`${turnout} %`}
        state={turnout >= needed ? "ok" : "moving"}
      />
      {rows.map(({ label, amount, of, bound, limit, beyond }) => {
        const share = sharePercent(amount, of);
        const bar = limit === undefined ? undefined : Number(decToPercent(limit));
        return (
          <div key={label}>
            <Meter
              label={label}
              value={share}
              max={100}
              valueText={`${share} %`}
              // A choice is no state: only the bound that it has reached is one.
              state={beyond !== undefined && bar !== undefined && amount > 0n && share >= bar ? beyond : "off"}
              {...(bar === undefined ? {} : { limit: bar })}
            />
            <p className="mt-0.5 text-xs text-ink-muted">
              <AmountText amountBaseUnits={amount.toString()} denom={denom} />
              {bound ? `; ${bound}` : ""}
            </p>
          </div>
        );
      })}
    </div>
  );
}
