/** Whether stake beside what is away already stays within the share of the network's; what is not known fits nowhere. */
export const fitsShare = (
  powerBaseUnits: bigint,
  away: bigint,
  { bonded, maxPercent }: { readonly bonded: bigint | undefined; readonly maxPercent: number },
): boolean => bonded !== undefined && bonded > 0n && (away + powerBaseUnits) * 100n <= bonded * BigInt(maxPercent);

/** In percent with two decimals; null where the whole is not known. */
export const percentOf = (powerBaseUnits: bigint, bonded: bigint | undefined): number | null =>
  bonded === undefined || bonded <= 0n ? null : Number((powerBaseUnits * 10_000n) / bonded) / 100;
