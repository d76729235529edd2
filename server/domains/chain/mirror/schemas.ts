import { z } from "zod";
import { sortedListInput } from "@/server/kernel/pagination";
import { wordsText } from "@/server/kernel/text";
import { VALIDATOR_FILTERS, VALIDATOR_ORDERS } from "../constants";
import { AddressText, NetworkRefOrDefault } from "../schemas";

/** One validator of a network as the watcher last read it. */
export const ChainValidator = z
  .object({
    networkId: z.string(),
    operatorAddress: z.string(),
    consensusAddress: z.string(),
    consensusAddressHex: z.string(),
    moniker: z.string(),
    status: z.enum(["unbonded", "unbonding", "bonded"]),
    isJailed: z.boolean(),
    isTombstoned: z.boolean(),
    jailedUntil: z.string().nullable(),
    /** Place among the bonded by stake, from 1; null for one that is not bonded. */
    rank: z.number().int().nullable(),
    tokensBaseUnits: z.string(),
    /** Stake of all that are bonded, of which its own is a share. */
    bondedBaseUnits: z.string(),
    commissionRate: z.string(),
    /** Misses inside the slashing window; null for one that was never in the set. */
    missedBlocks: z.number().int().nullable(),
    syncedHeightBlocks: z.string(),
    syncedAt: z.string(),
  })
  .meta({ id: "ChainValidator" });
export type ChainValidator = z.infer<typeof ChainValidator>;

export const ListChainValidatorsInput = z.strictObject({
  ...sortedListInput(VALIDATOR_ORDERS),
  networkId: NetworkRefOrDefault,
  status: z.enum(VALIDATOR_FILTERS).optional(),
  /** Part of a name, or of an operator or consensus address in any form. */
  search: wordsText(1, 100).optional(),
});
export const GetChainValidatorInput = z.strictObject({ networkId: NetworkRefOrDefault, operatorAddress: AddressText });
