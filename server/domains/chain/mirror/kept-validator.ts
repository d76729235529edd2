import type { Executor } from "@/db/client";
import { listValidatorsByOperators, type ValidatorRow } from "./repository";

/** A validator as a look kept it whole. */
export type KeptValidator = ValidatorRow & {
  readonly commissionMaxRate: string;
  readonly commissionMaxChangeRate: string;
};

/**
 * The operator's validator as the last look showed it; null where that was before `since`, where a look found it gone, and where it was kept before
 * all of it was read. Whoever gets none asks the chain.
 */
export async function keptValidatorOf(
  db: Executor,
  ref: { readonly networkId: string; readonly operatorAddress: string; readonly since: Date },
): Promise<KeptValidator | null> {
  const [row] = await listValidatorsByOperators(db, ref.networkId, [ref.operatorAddress]);
  if (row === undefined || row.removedAt !== null || row.syncedAt < ref.since) return null;
  const { commissionMaxRate, commissionMaxChangeRate } = row;
  if (commissionMaxRate === null || commissionMaxChangeRate === null) return null;
  return { ...row, commissionMaxRate, commissionMaxChangeRate };
}
