import { ChainFormatError } from "./chain-format-error";

/** Greatest exponent that is believed of a denom; ERC-20 style coins use 18. */
const MAX_EXPONENT = 30;
// The SDK keeps an Int in 256 bits: 78 digits.
const BASE_UNITS = /^(0|[1-9]\d{0,77})$/;
const DISPLAY = /^(\d{1,78})(?:\.(\d{0,78}))?$/;

/** Base units from their decimal string on the wire. @throws ChainFormatError on signs, points, leading zeros or anything else */
export function parseBaseUnits(text: string): bigint {
  if (!BASE_UNITS.test(text)) {
    throw new ChainFormatError("amount_invalid", "This is not a whole number of base units.");
  }
  return BigInt(text);
}

/** Base units of what a person typed in display units: `1.5` with exponent 6 gives `1500000n`. @throws ChainFormatError */
export function parseDisplayAmount(text: string, exponent: number): bigint {
  requireExponent(exponent);
  const trimmed = text.trim();
  if (trimmed.startsWith("-")) throw new ChainFormatError("amount_negative", "An amount cannot be less than zero.");
  const match = DISPLAY.exec(trimmed);
  if (match === null) {
    throw new ChainFormatError("amount_invalid", "This is not an amount such as 1.5; leave out spaces and commas.");
  }
  const [, whole = "", fraction = ""] = match;
  if (fraction.length > exponent && /[1-9]/.test(fraction.slice(exponent))) {
    throw new ChainFormatError(
      "amount_precision",
      `This coin can be divided to ${exponent} digits after the point, not further.`,
    );
  }
  return BigInt(whole) * 10n ** BigInt(exponent) + BigInt(fraction.slice(0, exponent).padEnd(exponent, "0") || "0");
}

/** Display units, exact and without needless zeros: `1500000n` with exponent 6 gives `1.5`. People read `formatBaseUnits`. */
export function formatDisplayAmount(baseUnits: bigint, exponent: number): string {
  requireExponent(exponent);
  const magnitude = baseUnits < 0n ? -baseUnits : baseUnits;
  const unit = 10n ** BigInt(exponent);
  const whole = (magnitude / unit).toString();
  const fraction = exponent === 0 ? "" : (magnitude % unit).toString().padStart(exponent, "0").replace(/0+$/, "");
  return `${baseUnits < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

function requireExponent(exponent: number): void {
  if (!Number.isInteger(exponent) || exponent < 0 || exponent > MAX_EXPONENT) {
    throw new ChainFormatError("amount_invalid", "The exponent of this coin is not known.");
  }
}
