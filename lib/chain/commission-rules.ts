import { compareDec, decAtomics, decFromAtomics } from "./dec";

/** Commission rates of a validator as Dec strings. */
export type CommissionRates = { readonly rate: string; readonly maxRate: string; readonly maxChangeRate: string };

/** Why the chain would refuse commission rates; null from the checks means that it would take them. */
export type CommissionRefusal =
  | "rate_below_chain_minimum"
  | "rate_negative"
  | "rate_above_max_rate"
  | "max_rate_above_one"
  | "max_rate_negative"
  | "max_change_negative"
  | "max_change_above_max_rate"
  | "changed_within_a_day"
  | "change_above_max_change";

const DAY_MS = 86_400_000;

/** Rules for new rates, in the SDK's order (cosmos-sdk 0.53, x/staking/types/commission.go `Validate`; minimum in msg_server.go). */
export function refuseNewCommission(rates: CommissionRates, minCommissionRate: string): CommissionRefusal | null {
  if (compareDec(rates.maxRate, "0") < 0) return "max_rate_negative";
  if (compareDec(rates.maxRate, "1") > 0) return "max_rate_above_one";
  if (compareDec(rates.rate, "0") < 0) return "rate_negative";
  if (compareDec(rates.rate, rates.maxRate) > 0) return "rate_above_max_rate";
  if (compareDec(rates.maxChangeRate, "0") < 0) return "max_change_negative";
  if (compareDec(rates.maxChangeRate, rates.maxRate) > 0) return "max_change_above_max_rate";
  if (compareDec(rates.rate, minCommissionRate) < 0) return "rate_below_chain_minimum";
  return null;
}

/** Rules for a changed rate: once in 24 hours, and never up by more than the daily change; down is free (`ValidateNewRate`, same file). */
export function refuseCommissionChange(
  current: CommissionRates & { readonly updatedAt: string },
  newRate: string,
  chain: { readonly minCommissionRate: string; readonly now: Date },
): CommissionRefusal | null {
  if (chain.now.getTime() - Date.parse(current.updatedAt) < DAY_MS) return "changed_within_a_day";
  if (compareDec(newRate, "0") < 0) return "rate_negative";
  if (compareDec(newRate, current.maxRate) > 0) return "rate_above_max_rate";
  const rise = decFromAtomics(decAtomics(newRate) - decAtomics(current.rate));
  if (compareDec(rise, current.maxChangeRate) > 0) return "change_above_max_change";
  if (compareDec(newRate, chain.minCommissionRate) < 0) return "rate_below_chain_minimum";
  return null;
}
