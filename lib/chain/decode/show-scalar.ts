import { groupDigits } from "../../format/group-digits";
import { parseBaseUnits } from "../../money";
import { decFromAtomics, decToPercent, normalizeDec, parseDecAtomics } from "../dec";
import type { DecodeOptions } from "./decoded-transaction";
import { quoteText, showCoin, showWord } from "./display-text";
import type { FieldType } from "./message-schema";
import { malformed, nonCanonical } from "./transaction-decode-error";

/** A value as it came, before it is put in words; `dec` are atomics. */
export type Scalar =
  | { readonly is: "text" | "address"; readonly text: string }
  | { readonly is: "uint" | "int" | "enum"; readonly value: bigint }
  | { readonly is: "bool" }
  | { readonly is: "bytes"; readonly bytes: Uint8Array }
  | { readonly is: "coin"; readonly amount: string; readonly denom: string }
  | { readonly is: "base_units"; readonly text: string }
  | { readonly is: "dec"; readonly atomics: string }
  | { readonly is: "dec_text"; readonly text: string }
  | { readonly is: "timestamp"; readonly seconds: bigint; readonly nanos: bigint };

/** A value in words; `unknown` when nobody here can say what it means. */
export type Shown = { readonly display: string; readonly raw: string; readonly unknown?: boolean };

/** The value for the eye and for comparing; different values never give the same text. @throws TransactionDecodeError */
export function showScalar(scalar: Scalar, type: FieldType, options: DecodeOptions): Shown {
  switch (scalar.is) {
    case "text":
      return { display: quoteText(scalar.text), raw: scalar.text };
    case "address":
      return { display: showWord(scalar.text), raw: scalar.text };
    case "uint":
    case "int":
      return showNumber(scalar.is, scalar.value);
    case "enum":
      return showOption(scalar.value, type);
    case "bool":
      return { display: "yes", raw: "true" };
    case "bytes":
      return { display: toHex(scalar.bytes), raw: toHex(scalar.bytes) };
    case "coin": {
      const amount = wholeNumber(scalar.amount);
      if (scalar.denom === "") malformed("A coin has no denom.");
      return { display: showCoin(amount, scalar.denom, options.denoms ?? []), raw: `${amount} ${scalar.denom}` };
    }
    case "base_units": {
      const amount = wholeNumber(scalar.text);
      return { display: `${groupDigits(amount)} base units`, raw: amount.toString() };
    }
    case "dec":
      return showDec(decimalOf(scalar.atomics), type);
    case "dec_text":
      return { display: `${showDec(decimalOfText(scalar.text), type).display} (${scalar.text})`, raw: scalar.text };
    case "timestamp": {
      const at = showInstant(scalar.seconds, scalar.nanos);
      return { display: at, raw: at };
    }
  }
}

/** Lower-case hex, in full. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function showNumber(is: "uint" | "int", value: bigint): Shown {
  if ((is === "uint" ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value)) !== value) {
    malformed("A number does not fit the 64 bits of its field.");
  }
  return { display: value.toString(), raw: value.toString() };
}

/** The chain keeps 32 bits of an option and drops the rest: a larger number would be another option there. */
function showOption(value: bigint, type: FieldType): Shown {
  if (BigInt.asIntN(32, value) !== value) malformed("An option is a number that the chain would read as another one.");
  const name = type.is === "enum" ? type.names[Number(value)] : undefined;
  return { display: name ?? `unknown option ${value}`, raw: value.toString(), unknown: name === undefined };
}

function showDec(decimal: string, type: FieldType): { display: string; raw: string } {
  const asPercent = (type.is === "dec" || type.is === "dec_text") && type.percent;
  return { display: asPercent ? `${decToPercent(decimal)} %` : decimal, raw: decimal };
}

function wholeNumber(text: string): bigint {
  try {
    return parseBaseUnits(text);
  } catch {
    return nonCanonical("An amount is not a whole number in its shortest form.");
  }
}

function decimalOf(atomics: string): string {
  try {
    return decFromAtomics(parseDecAtomics(atomics));
  } catch {
    return nonCanonical("A rate is not a whole number of atomics in its shortest form.");
  }
}

function decimalOfText(text: string): string {
  try {
    return normalizeDec(text);
  } catch {
    return malformed("A share is not a decimal number.");
  }
}

const MAX_SECONDS = 253_402_300_799n; // 9999-12-31T23:59:59Z, the last that protobuf's Timestamp allows
const MIN_SECONDS = -62_135_596_800n; // 0001-01-01T00:00:00Z

function showInstant(seconds: bigint, nanos: bigint): string {
  if (seconds < MIN_SECONDS || seconds > MAX_SECONDS || nanos < 0n || nanos > 999_999_999n) {
    malformed("A time is out of range.");
  }
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  const fraction = nanos === 0n ? "" : `.${nanos.toString().padStart(9, "0").replace(/0+$/, "")}`;
  return `${whole}${fraction}Z`;
}
