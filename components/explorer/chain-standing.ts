import { type Judgement, STANDING_JUDGEMENT } from "@/components/state/judgements";
import { formatShare } from "@/lib/format/format-percent";
import type { ValidatorFilter } from "@/server/domains/chain/constants";
import type { ChainValidator } from "@/server/domains/chain/mirror/schemas";

const JUDGEMENTS: Record<ValidatorFilter, Judgement> = {
  bonded: { state: "ok", word: "In the set" },
  unbonding: STANDING_JUDGEMENT.unbonding,
  // A validator of anybody's that never had enough stake asks nothing of the reader.
  unbonded: { ...STANDING_JUDGEMENT.unbonded, state: "off" },
  jailed: STANDING_JUDGEMENT.jailed,
  tombstoned: STANDING_JUDGEMENT.tombstoned,
};

/** How any validator of a chain stands by the chain's word alone, worst first; what its node does is its owner's to know. */
export function chainStanding(row: Pick<ChainValidator, "status" | "isJailed" | "isTombstoned">): Judgement {
  if (row.isTombstoned) return JUDGEMENTS.tombstoned;
  if (row.isJailed) return JUDGEMENTS.jailed;
  return JUDGEMENTS[row.status];
}

export const STANDING_CHOICES = Object.entries(JUDGEMENTS).map(([value, { word }]) => ({ value, label: word }));

/** Its share of the bonded stake, cut to two places; null for one that is not bonded. */
export function stakeShare(row: Pick<ChainValidator, "rank" | "tokensBaseUnits" | "bondedBaseUnits">): string | null {
  const bonded = BigInt(row.bondedBaseUnits);
  if (row.rank === null || bonded === 0n) return null;
  return formatShare(BigInt(row.tokensBaseUnits), bonded);
}
