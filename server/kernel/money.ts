import { z } from "zod";

/** Fiat in integer minor units with its ISO 4217 code. */
export type Money = { readonly minorUnits: number; readonly currency: string };

/** Chain amount in base units as it travels: a decimal string of at most 78 digits (numeric(78,0)). */
export const baseUnitsText = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,77})$/, "a whole number of base units, without sign or separators");

/** Cents per month, thirty days of 24 hours, as integer micro-units per hour; rounded half up so that a month's sum never falls short. */
export function microPerHourOfMonthly(minorUnitsPerMonth: number): number {
  return Math.round((minorUnitsPerMonth * 10_000) / 720);
}
