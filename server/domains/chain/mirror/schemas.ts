import { z } from "zod";
import { sortedListInput } from "@/server/kernel/pagination";
import { instantDate, wordsText } from "@/server/kernel/text";
import type { RecentSigning } from "../blocks/schemas";
import { CHAIN_EVENT_KINDS, JAIL_CAUSES, type JailCause, VALIDATOR_FILTERS, VALIDATOR_ORDERS } from "../constants";
import { AddressText, Dec, Height, Hex20, NetworkRef, NetworkRefOrDefault } from "../schemas";

export const MirroredValidator = z.strictObject({
  operatorAddress: z.string(),
  consensusPubkeyBase64: z.string(),
  consensusAddress: z.string(),
  consensusAddressHex: Hex20,
  moniker: z.string(),
  status: z.enum(["unbonded", "unbonding", "bonded"]),
  jailed: z.boolean(),
  tombstoned: z.boolean(),
  jailedUntil: instantDate.nullable(),
  /** When the stake of one that left the set is free; null while it is bonded. */
  unbondsAt: instantDate.nullable().default(null),
  tokensBaseUnits: z.bigint(),
  /** Dec string; null where it was not read. */
  delegatorShares: z.string().nullable().default(null),
  commissionRate: z.string(),
  /** How high it may ever go, and by how much in a day; null where it was not read. */
  commissionMaxRate: z.string().nullable().default(null),
  commissionMaxChangeRate: z.string().nullable().default(null),
  /** What its owner wrote beside the moniker; null where it was not read. */
  profile: z
    .strictObject({ identity: z.string(), website: z.string(), securityContact: z.string(), details: z.string() })
    .nullable()
    .default(null),
  missedBlocks: z.number().int().nullable(),
  signingStartHeightBlocks: z.bigint().nullable(),
});
export const RecordChainFactsInput = z.strictObject({
  networkId: NetworkRef,
  heightBlocks: Height,
  /** Penalties since the look before as the blocks' results tell them; empty where they were not read. */
  slashes: z
    .array(
      z.strictObject({
        consensusAddress: z.string(),
        amountBaseUnits: z.bigint(),
        cause: z.enum(JAIL_CAUSES),
        heightBlocks: Height,
      }),
    )
    .default([]),
  slashingParams: z.strictObject({
    signedBlocksWindow: z.number().int().min(1),
    minSignedPerWindow: Dec,
    downtimeJailSeconds: z.number().int(),
    slashFractionDoubleSign: Dec,
    slashFractionDowntime: Dec,
  }),
  stakingParams: z.strictObject({
    unbondingSeconds: z.number().int(),
    maxValidators: z.number().int(),
    maxEntries: z.number().int(),
    bondDenom: z.string(),
    minCommissionRate: Dec,
  }),
  upgradePlan: z.strictObject({ name: z.string(), heightBlocks: z.string(), info: z.string() }).nullable(),
  validators: z.array(MirroredValidator),
});

/** What is recorded of one validator, for how it stands; other domains judge it. Null is "not read", never zero. */
export type ValidatorFacts = {
  /** When params and validators of its network were last read as a whole. */
  readonly lookedAt: Date | null;
  readonly lookedAtHeightBlocks: bigint | null;
  /** The operator's validator as a look last showed it; null for one that no look ever did. */
  readonly seen: {
    readonly consensusPubkeyBase64: string;
    readonly status: "unbonded" | "unbonding" | "bonded";
    readonly jailed: boolean;
    readonly tombstoned: boolean;
    readonly jailedUntil: Date | null;
    readonly jailedSince: Date | null;
    readonly jailCause: JailCause | null;
    readonly unbondsAt: Date | null;
    readonly tokensBaseUnits: bigint;
    /** Set when a later look found the operator gone. */
    readonly removedAt: Date | null;
    readonly removedHeightBlocks: bigint | null;
    readonly isWatched: boolean;
    /** As the chain has it; who knows of no name leaves it out. */
    readonly moniker?: string;
  } | null;
  readonly misses: { readonly left: number; readonly allowed: number; readonly windowBlocks: number } | null;
  readonly signing: RecentSigning | null;
};

export const MissBudgetInput = z.strictObject({ networkId: NetworkRef, consensusAddress: z.string().min(1).max(120) });
export const MissBudget = z
  .object({
    windowBlocks: z.number().int(),
    minSignedPerWindow: z.string(),
    minSignedBlocks: z.number().int(),
    allowedMisses: z.number().int(),
    missed: z.number().int(),
    left: z.number().int(),
    /** Blocks until jail at the soonest, if from now on every one is missed. */
    blocksToJail: z.number().int(),
    /** What jail for downtime costs: for how long at least, and which share of the stake. */
    downtimeJailSeconds: z.number().int(),
    slashFractionDowntime: z.string(),
    /** Measured, to the hundredth of a second; null before two blocks are known. */
    averageBlockMs: z.number().int().nullable(),
    /** Whether the slashing module already counts: before a full window nobody is jailed for downtime. */
    isWindowFull: z.boolean(),
    syncedHeightBlocks: z.string(),
    syncedAt: z.string(),
  })
  .meta({ id: "MissBudget" });
export type MissBudget = z.infer<typeof MissBudget>;

export const ChainEventView = z
  .object({
    sequence: z.number().int(),
    kind: z.enum(CHAIN_EVENT_KINDS),
    heightBlocks: z.string(),
    operatorAddress: z.string().nullable(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    occurredAt: z.string(),
  })
  .meta({ id: "ChainEvent" });
export type ChainEventView = z.infer<typeof ChainEventView>;

export const ListChainEventsInput = z.strictObject({
  networkId: NetworkRefOrDefault,
  operatorAddress: AddressText.optional(),
  limit: z.number().int().min(1).max(100).default(20),
  beforeSequence: z.number().int().optional(),
});

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
