/** Base units that make one unit of voting power unless a chain says otherwise (cosmos-sdk 0.53, types/staking.go `DefaultPowerReduction`). */
export const DEFAULT_POWER_REDUCTION = 1_000_000n;
const MAX_EXPONENT = 24n;

/** A validator as both modules know it: staking its tokens, consensus its power. */
export type PoweredValidator = { readonly tokensBaseUnits: bigint; readonly votingPower: bigint };

/**
 * Base units in one unit of voting power. No query tells them, so they are read off the set: the power of ten that explains the powers of most
 * validators. Tokens may have moved a block ago, which is why most is enough; the SDK's own where nothing can be read.
 */
export function powerReductionFrom(validators: readonly PoweredValidator[]): bigint {
  const powered = validators.filter(({ votingPower }) => votingPower > 0n);
  let best = { reduction: DEFAULT_POWER_REDUCTION, fits: fitsOf(powered, DEFAULT_POWER_REDUCTION) };
  for (let exponent = 0n; exponent <= MAX_EXPONENT; exponent += 1n) {
    const reduction = 10n ** exponent;
    const fits = fitsOf(powered, reduction);
    if (fits > best.fits) best = { reduction, fits };
  }
  return best.reduction;
}

const fitsOf = (validators: readonly PoweredValidator[], reduction: bigint): number =>
  validators.filter(({ tokensBaseUnits, votingPower }) => tokensBaseUnits / reduction === votingPower).length;
