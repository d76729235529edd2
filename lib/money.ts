import { ChainFormatError } from "./chain/chain-format-error";
import { groupDigits, UNIT_SPACE } from "./format/group-digits";

// Everything that is counted exactly: chain amounts, money and prices. All are integers of a smallest unit, and travel as decimal strings, whose
// schemas are in `money-wire.ts`: pages that only show amounts do without them.

/** Greatest exponent that is believed of a denom; ERC-20 style coins use 18. */
const MAX_EXPONENT = 30;
/** One dollar is so many pico-dollars: ten to the twelfth. */
const PICO_EXPONENT = 12;
// The SDK keeps an Int in 256 bits: 78 digits.
const BASE_UNITS = /^(0|[1-9]\d{0,77})$/;
const DISPLAY = /^(\d{1,78})(?:\.(\d{0,78}))?$/;

/** Money in minor units of an ISO 4217 currency: `{ minorUnits: 1250n, currency: "USD" }` is 12.50 dollars. */
export type Money = { readonly minorUnits: bigint; readonly currency: string };

/** Coins in base units of a denom, e.g. a million `omniphi` for one OMNI. */
export type ChainAmount = { readonly baseUnits: bigint; readonly denom: string };

/** Digits after the point that a currency has by ISO 4217; null when there is no such currency. */
export function currencyExponent(currency: string): number | null {
  if (!Intl.supportedValuesOf("currency").includes(currency)) return null;
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? null;
}

/** The sum. @throws RangeError when the currencies differ */
export function addMoney(one: Money, other: Money): Money {
  if (one.currency !== other.currency) throw new RangeError(`${one.currency} and ${other.currency} have no sum`);
  return { minorUnits: one.minorUnits + other.minorUnits, currency: one.currency };
}

/** What so many units cost at that price, in pico-dollars: exact, rounded nowhere. */
export const picoDollarsFor = (units: bigint, picoDollarsPerUnit: bigint): bigint => units * picoDollarsPerUnit;

/** Pico-dollars as cents, rounded half to even: many small sums then err neither for us nor for the customer. */
export function centsOfPicoDollars(picoDollars: bigint): Money {
  const cent = 10n ** BigInt(PICO_EXPONENT - 2);
  const floor = picoDollars / cent - (picoDollars % cent < 0n ? 1n : 0n);
  const twiceRest = (picoDollars - floor * cent) * 2n;
  const isUp = twiceRest > cent || (twiceRest === cent && floor % 2n !== 0n);
  return { minorUnits: floor + (isUp ? 1n : 0n), currency: "USD" };
}

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

/** An integer of smallest units as a plain decimal number: exact, with at least `minFraction` digits after the point. */
export function formatDisplayAmount(smallestUnits: bigint, exponent: number, minFraction = 0): string {
  requireExponent(exponent);
  const magnitude = smallestUnits < 0n ? -smallestUnits : smallestUnits;
  const unit = 10n ** BigInt(exponent);
  const whole = (magnitude / unit).toString();
  const digits = exponent === 0 ? "" : (magnitude % unit).toString().padStart(exponent, "0");
  const fraction = digits.replace(/0+$/, "").padEnd(minFraction, "0");
  return `${smallestUnits < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/**
 * Writes an integer amount of base units in display units for people, exactly: (1500000n, 6) -> "1.5". Trailing zeros go, digits never do.
 * Throws RangeError when the amount is not an integer or the exponent is not 0-30.
 */
export function formatBaseUnits(amountBaseUnits: bigint | string, exponent: number): string {
  if (!Number.isInteger(exponent) || exponent < 0 || exponent > MAX_EXPONENT)
    throw new RangeError(`Not a denom exponent: ${exponent}`);
  const text = String(amountBaseUnits);
  if (!/^-?\d+$/.test(text)) throw new RangeError(`Not an integer amount: ${text}`);
  return groupDigits(formatDisplayAmount(BigInt(text), exponent));
}

/** Coins in the display denom, in one line of text: "12 345.5 OMNI". */
export const coinWords = (
  baseUnits: bigint | string,
  { displayDenom, denomExponent }: { readonly displayDenom: string; readonly denomExponent: number },
): string => `${formatBaseUnits(baseUnits, denomExponent)}${UNIT_SPACE}${displayDenom}`;

/** Money for people, with all digits of its currency: "12.50 USD". @throws RangeError for an unknown currency */
export function formatMoney({ minorUnits, currency }: Money): string {
  const exponent = currencyExponent(currency);
  if (exponent === null) throw new RangeError(`Not a currency: ${currency}`);
  return `${groupDigits(formatDisplayAmount(minorUnits, exponent, exponent))}${UNIT_SPACE}${currency}`;
}

/** A unit price for people, exact and with cents at least: 2500000n -> "0.0000025 USD". */
export const formatPicoDollars = (picoDollars: bigint): string =>
  `${groupDigits(formatDisplayAmount(picoDollars, PICO_EXPONENT, 2))}${UNIT_SPACE}USD`;

function requireExponent(exponent: number): void {
  if (!Number.isInteger(exponent) || exponent < 0 || exponent > MAX_EXPONENT) {
    throw new ChainFormatError("amount_invalid", "The exponent of this coin is not known.");
  }
}
