import { z } from "zod";
import { type ChainAmount, currencyExponent, type Money } from "./money";

// How amounts travel: decimal strings of integers, which are bigints in the program.

/** Chain amount in base units as it travels: a decimal string of at most 78 digits (numeric(78,0)). */
export const baseUnitsText = z
  .string()
  .max(78, { abort: true, error: "at most 78 digits" })
  .regex(/^(0|[1-9][0-9]{0,77})$/, {
    abort: true,
    error: "a whole number of base units, without sign or separators",
  });

/** A signed 64-bit integer as text: what a ledger's column can hold. */
const integerText = z
  .string()
  .max(20, { abort: true, error: "at most 20 characters" })
  .regex(/^(0|-?[1-9][0-9]{0,17})$/, { abort: true, error: "a whole number, without separators" });

const bigintOf = { decode: (text: string) => BigInt(text), encode: (value: bigint) => value.toString() };

const currencyText = z
  .string()
  .length(3, { abort: true, error: "three capital letters" })
  .refine((code) => currencyExponent(code) !== null, "a currency of ISO 4217, e.g. USD");

/** Base units: a decimal string on the wire, a bigint in the program. */
export const baseUnitsCodec = z.codec(baseUnitsText, z.bigint(), bigintOf);

/** Coins: `{ baseUnits: "1000000", denom: "omniphi" }` on the wire. */
export const chainAmountCodec = z.strictObject({
  baseUnits: baseUnitsCodec,
  denom: z.string().min(1).max(128),
}) satisfies z.ZodType<ChainAmount>;

/** Money: `{ minorUnits: "1250", currency: "USD" }` on the wire. */
export const moneyCodec = z.strictObject({
  minorUnits: z.codec(integerText, z.bigint(), bigintOf),
  currency: currencyText,
}) satisfies z.ZodType<Money>;

/** A unit price in pico-dollars: a decimal string on the wire. */
export const picoDollarsCodec = z.codec(baseUnitsText, z.bigint(), bigintOf);
