"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import type { Denom } from "@/components/figures/amount-text";
import { evenSamples } from "@/components/figures/even-samples";
import { Sparkline } from "@/components/figures/sparkline";
import { groupDigits, UNIT_SPACE } from "@/lib/format/group-digits";
import { COURSE_REFETCH_MS } from "./history-refetch";

type StakeCourseProps = { networkId: string; operatorAddress: string; denom: Denom };

/** A validator's stake over the last day, small, beside the figure itself. */
export function StakeCourse({ networkId, operatorAddress, denom }: StakeCourseProps) {
  const trpc = useTRPC();
  const { data: history, error } = useQuery(
    trpc.chain.getValidatorHistory.queryOptions(
      { networkId, operatorAddress, span: "24h" },
      { refetchInterval: COURSE_REFETCH_MS },
    ),
  );
  if (history === undefined) return error ? null : <div className="h-8" />;
  const raster = {
    fromMs: Date.parse(history.from),
    toMs: Date.parse(history.to),
    stepMs: history.stepMinutes * 60_000,
  };
  const samples = evenSamples(history.samples, raster, (one) => Number(one.tokensBaseUnits) / 10 ** denom.exponent);
  const known = samples.filter((sample): sample is number => sample !== null);
  if (known.length === 0) return null;
  const words = (value: number) => `${groupDigits(Math.round(value))}${UNIT_SPACE}${denom.symbol}`;
  const summary = `Stake over 24 hours: ${words(Math.min(...known))} to ${words(Math.max(...known))}`;
  return <Sparkline samples={samples} summary={summary} />;
}
