import { groupDigits } from "@/lib/format/group-digits";
import { coinWords } from "@/lib/money";
import type { StakePreview } from "@/server/domains/validators/requests/schemas";

export type StakeDenom = { readonly displayDenom: string; readonly denomExponent: number };

/** Base units as people read them: "25 OMNI", also below zero. */
export const stakeAmount = (baseUnits: string, denom: StakeDenom): string => coinWords(baseUnits, denom);

/** Where the stake would stand in the chain's set, in one sentence. */
export function rankSentence(preview: StakePreview, denom: StakeDenom): string {
  const set = groupDigits(preview.maxValidators);
  if (preview.isBelowOnePower) {
    return `Below one unit of voting power (${stakeAmount(preview.powerReduction, denom)}): the chain would never let this validator sign.`;
  }
  if (!preview.wouldJoinSet) {
    const lowest =
      preview.lowestBonded === null ? "" : ` The lowest stake in it is ${stakeAmount(preview.lowestBonded, denom)}.`;
    return `Number ${groupDigits(preview.wouldRank)}, and the set of ${set} is full: the validator would exist and sign nothing until it has more.${lowest}`;
  }
  return `Number ${groupDigits(preview.wouldRank)} by stake, within the set of ${set}.`;
}

/** What is missing to stake and pay; null where the wallet holds enough. */
export const missingCoins = (preview: StakePreview): string | null =>
  preview.isCovered ? null : (-BigInt(preview.remainsBaseUnits)).toString();
