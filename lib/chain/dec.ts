import { ChainFormatError } from "./chain-format-error";

/** Fractional digits of the SDK's LegacyDec (cosmossdk.io/math v1.5, dec.go). */
export const DEC_PRECISION_DIGITS = 18;
const ONE = 10n ** BigInt(DEC_PRECISION_DIGITS);

// The SDK keeps a Dec in 316 bits: 96 digits. More is no number of a chain, and reading one costs the square of its length.
const DEC_TEXT = /^(-?)(\d{1,96})(?:\.(\d{1,96}))?$/;
const ATOMICS_TEXT = /^-?(0|[1-9]\d{0,95})$/;

/** Atomics (integer of 10^-18) of a decimal string such as `0.1`. @throws ChainFormatError on anything else or more than 18 digits */
export function decAtomics(text: string): bigint {
  const match = DEC_TEXT.exec(text);
  if (match === null) throw new ChainFormatError("dec_invalid", "This is not a decimal number such as 0.05.");
  const [, sign = "", whole = "", fraction = ""] = match;
  if (fraction.length > DEC_PRECISION_DIGITS) {
    throw new ChainFormatError(
      "dec_precision",
      `The chain keeps ${DEC_PRECISION_DIGITS} digits after the point, not more.`,
    );
  }
  const magnitude = BigInt(whole) * ONE + BigInt(fraction.padEnd(DEC_PRECISION_DIGITS, "0"));
  return sign === "-" ? -magnitude : magnitude;
}

/** Shortest decimal string of atomics: `100000000000000000n` gives `0.1`. */
export function decFromAtomics(atomics: bigint): string {
  const magnitude = atomics < 0n ? -atomics : atomics;
  const fraction = (magnitude % ONE).toString().padStart(DEC_PRECISION_DIGITS, "0").replace(/0+$/, "");
  const sign = atomics < 0n ? "-" : "";
  return `${sign}${magnitude / ONE}${fraction === "" ? "" : `.${fraction}`}`;
}

/** Atomics as protobuf carries them, e.g. `"100000000000000000"`. @throws ChainFormatError unless a canonical integer */
export function parseDecAtomics(text: string): bigint {
  if (!ATOMICS_TEXT.test(text) || text === "-0") {
    throw new ChainFormatError("dec_invalid", "This is not a whole number of 18-digit atomics.");
  }
  return BigInt(text);
}

/** A Dec string without needless zeros: `0.100` gives `0.1`. */
export function normalizeDec(text: string): string {
  return decFromAtomics(decAtomics(text));
}

/** The amino JSON form: always 18 digits after the point. */
export function decToAmino(text: string): string {
  const atomics = decAtomics(text);
  const magnitude = atomics < 0n ? -atomics : atomics;
  const sign = atomics < 0n ? "-" : "";
  return `${sign}${magnitude / ONE}.${(magnitude % ONE).toString().padStart(DEC_PRECISION_DIGITS, "0")}`;
}

/** Negative, zero or positive, as for `sort`. */
export function compareDec(left: string, right: string): number {
  const difference = decAtomics(left) - decAtomics(right);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** A rate as percent without rounding: `0.075` gives `7.5`. */
export function decToPercent(text: string): string {
  return decFromAtomics(decAtomics(text) * 100n);
}

/** A rate from percent: `7.5` gives `0.075`. @throws ChainFormatError when more than 16 digits follow the point */
export function decFromPercent(percent: string): string {
  const atomics = decAtomics(percent);
  if (atomics % 100n !== 0n) {
    throw new ChainFormatError("dec_precision", "The chain keeps 16 digits after the point of a percentage, not more.");
  }
  return decFromAtomics(atomics / 100n);
}

/** Product with a whole number, rounded up to a whole number: for fees and gas, where a fraction must not fall short. */
export function multiplyDecCeil(dec: string, factor: bigint): bigint {
  const product = decAtomics(dec) * factor;
  return product <= 0n ? product / ONE : (product + ONE - 1n) / ONE;
}

/** Product with a whole number, cut to a whole number, as the SDK's `TruncateInt`. */
export function multiplyDecFloor(dec: string, factor: bigint): bigint {
  return (decAtomics(dec) * factor) / ONE;
}

/** Whole base units of one denom among coins that the chain keeps with fractions; what is there in others is not added up with it. */
export const wholeUnits = (
  coins: readonly { readonly denom: string; readonly amount: string }[],
  denom: string,
): bigint => multiplyDecFloor(coins.find((coin) => coin.denom === denom)?.amount ?? "0", 1n);
