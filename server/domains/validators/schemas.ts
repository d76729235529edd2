import { z } from "zod";
import { compareDec, decAtomics } from "@/lib/chain/dec";
import { baseUnitsText } from "@/lib/money-wire";
import { JAIL_CAUSES } from "@/server/domains/chain/constants";
import { boundedText } from "@/server/kernel/text";
import { NODE_STANDINGS, STANDINGS } from "./constants";
import { validatorsDomain } from "./domain";

export const isDec = (text: string) => {
  try {
    decAtomics(text);
    return true;
  } catch {
    return false;
  }
};
/** Zero, the point and 18 digits, with room for zeros in front. */
const MAX_RATE_LENGTH = 32;
/** A rate from 0 to 1 as a decimal string of at most 18 fractional digits. */
export const RateText = boundedText(MAX_RATE_LENGTH)
  .refine(isDec, "a decimal number such as 0.1, with at most 18 digits behind the point")
  .refine((text) => !isDec(text) || (compareDec(text, "0") >= 0 && compareDec(text, "1") <= 0), "from 0 to 1");

export const stakeText = baseUnitsText.refine((text) => text !== "0", "at least 1 base unit");

export const SetupRequestId = validatorsDomain.idText("setupRequest");
export const NodeId = validatorsDomain.idText("node");

export const SetupRequestRef = z.strictObject({ setupRequestId: SetupRequestId });
export const NodeRef = z.strictObject({ nodeId: NodeId });

/**
 * How one validator stands, worst first and the chain before the node; computed in one place (`standing.ts`) and the same everywhere. It changes
 * only when something did, so that a stream of it is quiet.
 */
export const ValidatorStanding = z
  .object({
    state: z.enum(STANDINGS),
    /** Since when, where that was seen; null where it is not known or longer than the record. */
    since: z.string().nullable(),
    nodeState: z.enum(NODE_STANDINGS),
    /** Present while jailed or tombstoned. */
    jail: z
      .object({
        /** When jail may be left; null where the chain names no end, or none is left to wait for. */
        until: z.string().nullable(),
        cause: z.enum(JAIL_CAUSES),
        /** Whether the chain would take an unjail now; never after a double sign. */
        mayUnjail: z.boolean(),
      })
      .nullable(),
    /** When stake that is unbonding is free. */
    unbondsAt: z.string().nullable(),
    /** Of the newest recorded blocks: how many asked for its signature, missed it, and missed it in a row up to the newest. */
    blocks: z.object({ asked: z.number().int(), missed: z.number().int(), missedInRow: z.number().int() }).nullable(),
    /** Misses that are left before jail, of how many, by the chain's own counter. */
    misses: z.object({ left: z.number().int(), allowed: z.number().int(), windowBlocks: z.number().int() }).nullable(),
    tokensBaseUnits: z.string().nullable(),
    /** While unknown: what was known last, and when. */
    lastKnown: z.object({ state: z.enum(STANDINGS), at: z.string() }).nullable(),
  })
  .meta({ id: "ValidatorStanding" });
export type ValidatorStanding = z.infer<typeof ValidatorStanding>;

/** The first block with a validator's signature, as it was recorded. */
export const FirstSigned = z.object({ heightBlocks: z.string(), at: z.string(), hash: z.string() });
export type FirstSigned = z.infer<typeof FirstSigned>;
