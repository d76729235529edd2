import type { State } from "@/components/state/state";
import type { ExecutionGate, RiskTier } from "@/lib/chain/risk-guard";
import type { AdvisoryCheck } from "@/server/domains/staking/governance/schemas";

/** How each tier of risk is judged and called. */
export const TIER_JUDGEMENT = {
  low: { state: "ok", word: "Low risk" },
  medium: { state: "attention", word: "Medium risk" },
  high: { state: "danger", word: "High risk" },
  critical: { state: "danger", word: "Critical risk" },
} as const satisfies Record<RiskTier, { state: State; word: string }>;

/** The gates of an execution as people read them. */
export const GATE_WORDS = {
  visibility: "Shown to everybody",
  shock_absorber: "Shock absorber",
  conditional_execution: "Conditions checked",
  ready: "Ready",
  executed: "Executed",
  aborted: "Given up",
} as const satisfies Record<ExecutionGate, string>;

/** What came of reading a report, in a word and a sentence. */
export const ADVISORY_JUDGEMENT = {
  verified: { state: "ok", word: "Verified", sentence: "Its bytes have the hash that stands on the chain." },
  mismatch: {
    state: "danger",
    word: "Mismatch",
    sentence: "It is not the report that was linked: its bytes have another hash. Do not rely on it.",
  },
  unreachable: { state: "unknown", word: "Unreachable", sentence: "It could not be read, so nothing is known of it." },
  unsupported: { state: "unknown", word: "Not read", sentence: "Its kind of address is not read from here." },
} as const satisfies Record<AdvisoryCheck["state"], { state: State; word: string; sentence: string }>;
