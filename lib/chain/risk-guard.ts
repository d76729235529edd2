/** Omniphi's x/guard judges proposals and holds back the execution of those that passed (pos/guard/v1/guard.proto). */
export const RISK_TIERS = ["low", "medium", "high", "critical"] as const;
export type RiskTier = (typeof RISK_TIERS)[number];

/** Phases of a proposal that passed, in their order; the last two end it. */
export const EXECUTION_GATES = [
  "visibility",
  "shock_absorber",
  "conditional_execution",
  "ready",
  "executed",
  "aborted",
] as const;
export type ExecutionGate = (typeof EXECUTION_GATES)[number];
