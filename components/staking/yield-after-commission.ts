import { decAtomics, decFromAtomics } from "@/lib/chain/dec";

const ONE = 10n ** 18n;
/** Two digits after the point of a percentage: block times vary by more than the third. */
const STEP = 10n ** 16n;

/** What a delegator gets in a year in percent, cut to two digits; null where either part is not known. */
export function yieldAfterCommission(aprBeforeCommission: string | null, commissionRate: string | null): string | null {
  if (aprBeforeCommission === null || commissionRate === null) return null;
  const percent = (decAtomics(aprBeforeCommission) * (ONE - decAtomics(commissionRate)) * 100n) / ONE;
  return decFromAtomics(percent - (percent % STEP));
}
