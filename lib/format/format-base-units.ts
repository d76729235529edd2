import { formatDisplayAmount } from "../chain/amounts";
import { groupDigits } from "./group-digits";

/**
 * Writes an integer amount of base units in display units, exactly: (1500000n, 6) -> "1.5". Trailing zeros go, digits
 * never do. Throws RangeError when the amount is not an integer or the exponent is not 0-30.
 */
export function formatBaseUnits(amountBaseUnits: bigint | string, exponent: number): string {
  if (!Number.isInteger(exponent) || exponent < 0 || exponent > 30)
    throw new RangeError(`Not a denom exponent: ${exponent}`);
  const text = String(amountBaseUnits);
  if (!/^-?\d+$/.test(text)) throw new RangeError(`Not an integer amount: ${text}`);
  return groupDigits(formatDisplayAmount(BigInt(text), exponent));
}
