import type { ExecutionGate, RiskTier } from "@/lib/chain/risk-guard";

/** One judgement: by rules, or by the chain's model. */
export type RiskJudgement = {
  /** Null where the chain leaves it unspecified. */
  readonly tier: RiskTier | null;
  /** 0 to 100. */
  readonly score: number;
  readonly delayBlocks: bigint;
  /** Share of yes votes asked for, in hundredths of a percent. */
  readonly thresholdBps: number;
  readonly modelVersion: string;
};

/** What the guard holds of one proposal; a part is null where the chain answers that it holds none. */
export type ChainRiskGuard = {
  readonly report: {
    readonly rules: RiskJudgement;
    /** Null where no model judged it. */
    readonly model: RiskJudgement | null;
    readonly reasonCodes: readonly string[];
    /** Hash of what was judged, by which anybody can tell that the same was. */
    readonly featuresHash: string;
  } | null;
  readonly queued: {
    readonly queuedHeightBlocks: bigint;
    readonly earliestHeightBlocks: bigint;
    readonly gate: ExecutionGate | null;
    readonly gateEnteredHeightBlocks: bigint;
    readonly tier: RiskTier | null;
    readonly thresholdBps: number;
    readonly needsSecondConfirmation: boolean;
    readonly isConfirmed: boolean;
    readonly note: string;
  } | null;
  /** A report that somebody wrote elsewhere, with the hash that it must have. */
  readonly advisory: {
    readonly uri: string;
    /** SHA-256 in hex, as its reporter gave it. */
    readonly reportSha256: string;
    readonly reporterAddress: string;
    readonly heightBlocks: bigint;
  } | null;
};
