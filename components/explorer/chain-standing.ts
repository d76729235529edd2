import { type Judgement, STANDING_JUDGEMENT } from "@/components/state/judgements";
import type { State } from "@/components/state/state";
import { formatShare } from "@/lib/format/format-percent";
import { VALIDATOR_WORDS, type ValidatorFilter } from "@/server/domains/chain/constants";
import type { ChainValidator } from "@/server/domains/chain/mirror/schemas";
import { standingOnChain } from "@/server/domains/chain/states";

const STATES: Record<ValidatorFilter, State> = {
  bonded: "ok",
  unbonding: STANDING_JUDGEMENT.unbonding.state,
  // A validator of anybody's that never had enough stake asks nothing of the reader.
  unbonded: "off",
  jailed: STANDING_JUDGEMENT.jailed.state,
  tombstoned: STANDING_JUDGEMENT.tombstoned.state,
};

/** How any validator of a chain stands by the chain's word alone, worst first; what its node does is its owner's to know. */
export function chainStanding(row: Parameters<typeof standingOnChain>[0]): Judgement {
  const standing = standingOnChain(row);
  return { state: STATES[standing], word: VALIDATOR_WORDS[standing] };
}

export const STANDING_CHOICES = Object.entries(VALIDATOR_WORDS).map(([value, label]) => ({ value, label }));

/** Its share of the bonded stake, cut to two places; null for one that is not bonded. */
export function stakeShare(row: Pick<ChainValidator, "rank" | "tokensBaseUnits" | "bondedBaseUnits">): string | null {
  const bonded = BigInt(row.bondedBaseUnits);
  if (row.rank === null || bonded === 0n) return null;
  return formatShare(BigInt(row.tokensBaseUnits), bonded);
}

/** The share in words below a stake; null is none. */
export const bondedWords = (share: string | null): string =>
  share === null ? "not bonded" : `${share} of what is bonded`;
