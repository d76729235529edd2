import { z } from "zod";
import { AddressText } from "@/server/domains/chain/schemas";
import { FirstSigned, SetupRequestId, ValidatorStanding } from "../schemas";

/** Body of `POST …/public-page`. */
export const SetPublicPageInput = z.strictObject({ setupRequestId: SetupRequestId, isPublic: z.boolean() });
export const PublicPage = z
  .object({ setupRequestId: z.string(), publishedAt: z.string().nullable() })
  .meta({ id: "PublicPage" });

export const PublicValidatorRef = z.strictObject({ operatorAddress: AddressText });

/** A validator whose organisation shows it to everybody: the chain's word on it, and nothing of its node. */
export const PublicValidator = z
  .object({
    networkId: z.string(),
    operatorAddress: z.string(),
    consensusAddressHex: z.string(),
    /** As the chain has it; the name that was asked for where the chain was not read yet. */
    moniker: z.string(),
    standing: ValidatorStanding.omit({ nodeState: true }),
    /** When the chain was found to have it. */
    activeSince: z.string().nullable(),
    firstSigned: FirstSigned.nullable(),
    publishedAt: z.string(),
  })
  .meta({ id: "PublicValidator" });
export type PublicValidator = z.infer<typeof PublicValidator>;

/** What this installation did, by its own rows; null where there is nothing to measure yet. */
export const Receipts = z
  .object({
    measuredAt: z.string(),
    windowDays: z.number().int(),
    /** Validators that the chain has now and that were made here. */
    validators: z.number().int(),
    /** What all of their keys signed and missed in the window; `since` is the first hour of it that was recorded. */
    blocks: z.object({ signed: z.number().int(), missed: z.number().int(), since: z.string() }).nullable(),
    /** From the request to a node that is in sync and waits for the signature: setups of the window that took one try. */
    setups: z.object({ count: z.number().int(), medianMs: z.number().int() }).nullable(),
    /** Starts of a node in the window that were refused because its sign state was missing, older than seen before, or of another chain. */
    refusedStarts: z.number().int(),
  })
  .meta({ id: "Receipts" });
export type Receipts = z.infer<typeof Receipts>;
