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
    /** What its owner wrote beside the moniker, as the chain has it; null where it was not read yet. */
    profile: z
      .object({ identity: z.string(), website: z.string(), securityContact: z.string(), details: z.string() })
      .nullable(),
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

/** Parameters of a network as the watcher last read them of the chain; null where it has read nothing yet. */
export const NetworkParams = z
  .object({
    networkId: z.string(),
    tipHeightBlocks: z.string().nullable(),
    tipAt: z.string().nullable(),
    /** Over the last 1,000 blocks. */
    averageBlockMs: z.number().nullable(),
    bondedValidators: z.number().int().nullable(),
    staking: z
      .object({
        unbondingSeconds: z.number(),
        maxValidators: z.number().int(),
        maxEntries: z.number().int(),
        bondDenom: z.string(),
        minCommissionRate: z.string(),
      })
      .nullable(),
    slashing: z
      .object({
        signedBlocksWindow: z.number().int(),
        minSignedPerWindow: z.string(),
        downtimeJailSeconds: z.number(),
        slashFractionDoubleSign: z.string(),
        slashFractionDowntime: z.string(),
      })
      .nullable(),
    readAt: z.string().nullable(),
    readHeightBlocks: z.string().nullable(),
  })
  .meta({ id: "NetworkParams" });
export type NetworkParams = z.infer<typeof NetworkParams>;

export const ListChainValidatorsInput = z.strictObject({
  ...sortedListInput(VALIDATOR_ORDERS),
  networkId: NetworkRefOrDefault,
  status: z.enum(VALIDATOR_FILTERS).optional(),
  /** Part of a name, or of an operator or consensus address in any form. */
  search: wordsText(1, 100).optional(),
});
export const GetChainValidatorInput = z.strictObject({ networkId: NetworkRefOrDefault, operatorAddress: AddressText });
