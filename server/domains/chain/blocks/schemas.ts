import { z } from "zod";
import { instantDate, patternText } from "@/server/kernel/text";
import { BLOCK_STATES, GRID_BLOCKS, MAX_SET_VALIDATORS, RECORD_BATCH_BLOCKS } from "../constants";
import { NetworkEndpoint } from "../networks/schemas";
import { Hash, Height, Hex20, NetworkRef, NetworkRefOrDefault } from "../schemas";

/** One final block; `signatures` has one letter per validator of the set: `c` block, `n` nil, `a` absent. */
export const RecordedBlock = z.strictObject({
  heightBlocks: Height,
  hash: Hash,
  blockAt: instantDate,
  proposerAddressHex: Hex20,
  setHash: Hash,
  txCount: z.number().int().min(0),
  signatures: patternText(/^[cna]+$/, "a letter for each validator", MAX_SET_VALIDATORS),
});
export type RecordedBlock = z.infer<typeof RecordedBlock>;

export const RecordedSet = z.strictObject({
  setHash: Hash,
  addresses: z.array(Hex20).min(1),
  votingPowers: z.array(z.bigint()),
  firstHeightBlocks: Height,
});

export const RecordBlocksInput = z.strictObject({
  networkId: NetworkRef,
  via: z.enum(["subscription", "polling"]),
  tipHeightBlocks: Height,
  tipAt: instantDate,
  sets: z.array(RecordedSet),
  /** Rising without a hole, beginning at the cursor's next height. */
  blocks: z.array(RecordedBlock).min(1).max(RECORD_BATCH_BLOCKS),
});
export const RecordGapInput = z.strictObject({
  networkId: NetworkRef,
  /** First and last height that nobody can give any more. */
  fromHeightBlocks: Height,
  toHeightBlocks: Height,
  reason: z.string().min(1).max(300),
});

export const SigningGridInput = z.strictObject({
  networkId: NetworkRef,
  /** `…valcons1…` or the 20 bytes in upper-case hex. */
  consensusAddress: z.string().min(1).max(120),
  blocks: z.coerce.number().int().min(1).max(GRID_BLOCKS.max).default(GRID_BLOCKS.default),
});
export const SigningCell = z
  .object({
    heightBlocks: z.number().int(),
    state: z.enum(BLOCK_STATES),
    /** ISO time of the block; absent where it is unknown. */
    at: z.string().optional(),
  })
  .meta({ id: "SigningCell" });
export const SigningGrid = z
  .object({
    networkId: z.string(),
    consensusAddressHex: z.string(),
    /** Oldest first, ending at the newest final block; heights without a hole. */
    cells: z.array(SigningCell),
    counts: z.object({ signed: z.number(), missed: z.number(), absent: z.number(), unknown: z.number() }),
    /** When the newest block was recorded; how old the picture is. */
    updatedAt: z.string().nullable(),
  })
  .meta({ id: "SigningGrid" });
export type SigningGrid = z.infer<typeof SigningGrid>;

/** How the newest recorded blocks were signed by one validator. */
export type RecentSigning = {
  /** Time of the newest recorded block; null where none is kept. */
  readonly newestAt: Date | null;
  readonly averageBlockMs: number | null;
  readonly asked: number;
  readonly missed: number;
  /** The newest blocks in a row that it all signed or all missed; null where the newest ones did not ask for it. */
  readonly run: {
    readonly isMissed: boolean;
    readonly blocks: number;
    /** Time of the first of them; null where the row begins before what was looked at. */
    readonly since: Date | null;
  } | null;
};

export const SigningStripsInput = z.strictObject({
  networkId: NetworkRefOrDefault,
  /** Each `…valcons1…` or the 20 bytes in upper-case hex. */
  consensusAddresses: z.array(z.string().min(1).max(120)).min(1).max(100),
  blocks: z.coerce.number().int().min(1).max(200),
});
export const SigningStrips = z
  .object({
    networkId: z.string(),
    /** The newest final block; null while none has been recorded. */
    newest: z.object({ heightBlocks: z.number().int(), at: z.string().optional() }).nullable(),
    /** In the order of the addresses asked for; states oldest first, the last one of the newest block. */
    strips: z.array(z.object({ consensusAddress: z.string(), states: z.array(z.enum(BLOCK_STATES)) })),
  })
  .meta({ id: "SigningStrips" });
export type SigningStrips = z.infer<typeof SigningStrips>;

/** One block as the whole set signed it: `missed` says that somebody did not, `note` how many. */
export const PulseBlock = z
  .object({
    heightBlocks: z.number().int(),
    state: z.enum(["signed", "missed", "unknown"]),
    /** ISO time of the block; absent where it is unknown. */
    at: z.string().optional(),
    note: z.string().optional(),
  })
  .meta({ id: "PulseBlock" });
export type PulseBlock = z.infer<typeof PulseBlock>;

export const NetworkPulse = z
  .object({
    networkId: z.string(),
    chainId: z.string(),
    displayName: z.string(),
    averageBlockMs: z.number().nullable(),
    /** Oldest first, ending at the newest final block; heights without a hole. */
    blocks: z.array(PulseBlock),
    /** When the newest block was recorded; null before the first. */
    updatedAt: z.string().nullable(),
  })
  .meta({ id: "NetworkPulse" });
export type NetworkPulse = z.infer<typeof NetworkPulse>;

export const ChainStatusView = z
  .object({
    networkId: z.string(),
    chainId: z.string(),
    tipHeightBlocks: z.string().nullable(),
    tipAt: z.string().nullable(),
    contiguousHeightBlocks: z.string().nullable(),
    via: z.enum(["subscription", "polling"]).nullable(),
    averageBlockMs: z.number().nullable(),
    blockTimeSampleBlocks: z.number().int(),
    upgradePlan: z.object({ name: z.string(), heightBlocks: z.string(), info: z.string() }).nullable(),
    syncedAt: z.string().nullable(),
    updatedAt: z.string().nullable(),
    endpoints: z.array(NetworkEndpoint),
  })
  .meta({ id: "ChainStatus" });
export type ChainStatusView = z.infer<typeof ChainStatusView>;

export const ChainTip = z
  .object({
    networkId: z.string(),
    tipHeightBlocks: z.string().nullable(),
    tipAt: z.string().nullable(),
    /** Whether an endpoint that gives blocks answered when it was last asked. */
    isReachable: z.boolean(),
  })
  .meta({ id: "ChainTip" });
export type ChainTip = z.infer<typeof ChainTip>;

export const ResetRecordsInput = z.strictObject({ networkId: NetworkRef, reason: z.string().min(1).max(300) });
