import { evenSamples } from "@/components/figures/even-samples";
import { HistoryChart } from "@/components/figures/history-chart";
import { decToPercent } from "@/lib/chain/dec";
import { formatPercent } from "@/lib/format/format-percent";
import { groupDigits, UNIT_SPACE } from "@/lib/format/group-digits";
import { startOfStep } from "@/lib/start-of-step";
import type { ValidatorHistory as History } from "@/server/domains/chain/history/schemas";

const HOUR_MS = 3_600_000;

/** Base units as display units for drawing; the exact amount stands elsewhere on the page. */
const forDrawing = (baseUnits: string, exponent: number): number => Number(baseUnits) / 10 ** exponent;
/** To four places, so that a slash of a small stake is seen; what is there is never drawn as zero, however little it is. */
const rounded = (value: number): string =>
  value > 0 && value < 0.0001 ? "< 0.0001" : groupDigits(value < 100 ? Number(value.toFixed(4)) : value.toFixed(0));
/** As the page's figures write a share; twelve places tell a stake of one coin among a trillion. */
const percent = (value: number): string => formatPercent((value / 100).toFixed(12), 2);

type Sample = History["samples"][number];
type AskedFor = {
  readonly title: string;
  readonly read: (sample: Sample, exponent: number) => number | null;
  readonly format: (value: number, symbol: string) => string;
};
const amountOf = (baseUnits: string | null, exponent: number): number | null =>
  baseUnits === null ? null : forDrawing(baseUnits, exponent);
const inUnits = (value: number, symbol: string): string => `${rounded(value)}${UNIT_SPACE}${symbol}`;

/** What is asked for validators that run here alone; of others there is nothing to draw. */
const ASKED_FOR: readonly AskedFor[] = [
  {
    title: "Delegators",
    read: ({ delegatorCount }) => delegatorCount,
    format: (value) => groupDigits(Math.round(value)),
  },
  {
    title: "Rewards not withdrawn, of all its delegators",
    read: (sample, exponent) => amountOf(sample.outstandingRewardsBaseUnits, exponent),
    format: inUnits,
  },
  {
    title: "Commission not withdrawn",
    read: (sample, exponent) => amountOf(sample.outstandingCommissionBaseUnits, exponent),
    format: inUnits,
  },
  {
    title: "Yearly rate for delegators, after commission",
    read: ({ aprBeforeCommission, commissionRate }) =>
      aprBeforeCommission === null ? null : Number(aprBeforeCommission) * (1 - Number(commissionRate)) * 100,
    format: percent,
  },
];

/** How a validator stood over the span: stake, share, rank, commission, the chain's miss counter, and misses by the hour. */
export function ValidatorHistory({
  history,
  denom,
}: {
  history: History;
  denom: { readonly symbol: string; readonly exponent: number };
}) {
  const fromMs = Date.parse(history.from);
  const toMs = Date.parse(history.to);
  const raster = { fromMs, toMs, stepMs: history.stepMinutes * 60_000 };
  const hours = { fromMs: startOfStep(fromMs, HOUR_MS), toMs, stepMs: HOUR_MS };
  const times = { fromMs, toMs };
  const { samples } = history;
  return (
    <div className="grid gap-px overflow-hidden rounded-md border bg-line lg:grid-cols-2">
      <HistoryChart
        title="Stake"
        {...times}
        samples={evenSamples(samples, raster, (one) => forDrawing(one.tokensBaseUnits, denom.exponent))}
        format={(value) => `${rounded(value)}${UNIT_SPACE}${denom.symbol}`}
      />
      <HistoryChart
        title="Share of the bonded stake"
        {...times}
        samples={evenSamples(samples, raster, (one) =>
          one.rank === null || one.bondedBaseUnits === "0"
            ? null
            : (Number(one.tokensBaseUnits) / Number(one.bondedBaseUnits)) * 100,
        )}
        format={percent}
      />
      <HistoryChart
        title="Rank by stake"
        {...times}
        samples={evenSamples(samples, raster, ({ rank }) => rank)}
        format={(value) => groupDigits(Math.round(value))}
      />
      <HistoryChart
        title="Commission"
        {...times}
        samples={evenSamples(samples, raster, ({ commissionRate }) => Number(commissionRate) * 100)}
        format={(value) => `${decToPercent((value / 100).toFixed(4))}${UNIT_SPACE}%`}
      />
      <HistoryChart
        title="Misses in the slashing window"
        {...times}
        samples={evenSamples(samples, raster, ({ missedBlocks }) => missedBlocks)}
        format={(value) => groupDigits(Math.round(value))}
      />
      <HistoryChart
        title="Blocks missed in an hour"
        fromMs={hours.fromMs}
        toMs={toMs}
        samples={evenSamples(history.hours, hours, ({ missed }) => missed)}
        format={(value) => groupDigits(Math.round(value))}
      />
      {ASKED_FOR.filter(({ read }) => samples.some((sample) => read(sample, denom.exponent) !== null)).map(
        ({ title, read, format }) => (
          <HistoryChart
            key={title}
            title={title}
            {...times}
            samples={evenSamples(samples, raster, (sample) => read(sample, denom.exponent))}
            format={(value) => format(value, denom.symbol)}
          />
        ),
      )}
    </div>
  );
}
