import { AmountText, type Denom } from "@/components/figures/amount-text";
import { Meter } from "@/components/figures/meter";
import { decToPercent } from "@/lib/chain/dec";
import type { Proposal } from "@/server/domains/staking/schemas";
import { sharePercent } from "./share-percent";

type TallyBarsProps = Pick<Proposal, "tally" | "bondedBaseUnits" | "quorum" | "threshold" | "vetoThreshold"> & {
  denom: Denom;
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
  const rows = [
    ["Yes", yes, counted, `${decToPercent(threshold)} % of those who did not abstain pass it`, threshold],
    ["No", no, counted, undefined, undefined],
    ["No with veto", veto, voted, `${decToPercent(vetoThreshold)} % of all votes stop it`, vetoThreshold],
    ["Abstain", abstain, voted, undefined, undefined],
  ] as const;
  return (
    <div className="grid gap-4">
      <Meter
        label={`Taking part: ${decToPercent(quorum)} % of the stake are needed`}
        value={sharePercent(voted, BigInt(bondedBaseUnits))}
        max={100}
        limit={Number(decToPercent(quorum))}
        valueText={`${sharePercent(voted, BigInt(bondedBaseUnits))} %`}
        state="moving"
      />
      {rows.map(([label, amount, of, bound, limit]) => (
        <div key={label}>
          <Meter
            label={label}
            value={sharePercent(amount, of)}
            max={100}
            valueText={`${sharePercent(amount, of)} %`}
            state={label === "Yes" ? "ok" : label === "No with veto" ? "danger" : "off"}
            {...(limit === undefined ? {} : { limit: Number(decToPercent(limit)) })}
          />
          <p className="mt-0.5 text-xs text-ink-muted">
            <AmountText amountBaseUnits={amount.toString()} denom={denom} />
            {bound ? `; ${bound}` : ""}
          </p>
        </div>
      ))}
    </div>
  );
}
