import type { ChainRiskGuard, RiskJudgement } from "@/server/ports/risk-guard";
import type { RiskGuard } from "./schemas";

const judgement = ({ delayBlocks, ...rest }: RiskJudgement) => ({ ...rest, delayBlocks: delayBlocks.toString() });

/** The guard's words as they go over the wire; null stays "no such module". */
export function toRiskGuard(guard: ChainRiskGuard | null): RiskGuard | null {
  if (guard === null) return null;
  const { report, queued, advisory } = guard;
  return {
    report: report && {
      ...report,
      rules: judgement(report.rules),
      model: report.model && judgement(report.model),
      reasonCodes: [...report.reasonCodes],
    },
    queued: queued && {
      ...queued,
      queuedHeightBlocks: queued.queuedHeightBlocks.toString(),
      earliestHeightBlocks: queued.earliestHeightBlocks.toString(),
      gateEnteredHeightBlocks: queued.gateEnteredHeightBlocks.toString(),
    },
    advisory: advisory && { ...advisory, heightBlocks: advisory.heightBlocks.toString() },
  };
}
