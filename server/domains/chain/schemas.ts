import { z } from "zod";
import {
  accountAddressText,
  boundedText,
  inOneSpelling,
  instantDate,
  patternText,
  webUrlText,
} from "@/server/kernel/text";
import {
  BLOCK_STATES,
  CHAIN_EVENT_KINDS,
  DEFAULT_NETWORK_REF,
  ENDPOINT_STATES,
  GRID_BLOCKS,
  JAIL_CAUSES,
  type JailCause,
  MAX_SET_VALIDATORS,
  NETWORK_KINDS,
  NETWORK_STATUSES,
  RECORD_BATCH_BLOCKS,
  RELEASE_ARCHES,
  RELEASE_OSES,
} from "./constants";

/** Our id of the network or its chain id; both are unique and neither can be the other. */
export const NetworkRef = boundedText(100).min(1);
/** The same where it may be left out: then it is the default network. */
export const NetworkRefOrDefault = NetworkRef.default(DEFAULT_NETWORK_REF);
const Prefix = z.string().regex(/^[a-z][a-z0-9]{0,29}$/, "a bech32 prefix in lower case");
const Dec = z.string().regex(/^\d{1,20}(\.\d{1,18})?$/, "a decimal number of at most 18 digits after the point");
export const Url = webUrlText(500);
/** A bech32 text of any kind; which prefix it must have is known where its network is. */
export const AddressText = boundedText(120)
  .transform(inOneSpelling)
  .pipe(patternText(/^[a-z]{1,30}1[02-9ac-hj-np-z]{6,89}$/, "an address, not in mixed case", 120));
const Hex20 = z.string().regex(/^[0-9A-F]{40}$/, "20 bytes in upper-case hex");
const Hash = z.string().regex(/^[0-9A-F]{0,64}$/, "upper-case hex");
const Height = z.bigint().min(0n).max(9_223_372_036_854_775_807n);

export const Bech32 = z.strictObject({
  account: Prefix,
  accountPub: Prefix,
  validator: Prefix,
  validatorPub: Prefix,
  consensus: Prefix,
  consensusPub: Prefix,
});

export const GasPriceSteps = z.strictObject({ low: Dec, average: Dec, high: Dec });

/** A network as everybody sees it; URLs without those that are quarantined. */
export const Network = z
  .object({
    id: z.string(),
    chainId: z.string(),
    kind: z.enum(NETWORK_KINDS),
    displayName: z.string(),
    status: z.enum(NETWORK_STATUSES),
    isDefault: z.boolean(),
    bech32: Bech32,
    coinType: z.number().int(),
    baseDenom: z.string(),
    displayDenom: z.string(),
    denomExponent: z.number().int(),
    gasPriceSteps: GasPriceSteps,
    rpcUrls: z.array(z.string()),
    restUrls: z.array(z.string()),
    seeds: z.array(z.string()),
    persistentPeers: z.array(z.string()),
    genesisUrl: z.string().nullable(),
    genesisSha256: z.string().nullable(),
    currentBinaryVersion: z.string().nullable(),
    /** Builds that can be had from an address, for whoever runs a node of their own. */
    releases: z.array(
      z.object({
        version: z.string(),
        os: z.enum(RELEASE_OSES),
        arch: z.enum(RELEASE_ARCHES),
        url: z.string().nullable(),
        sha256: z.string(),
      }),
    ),
    stateSyncRpcUrls: z.array(z.string()),
    /** Whether nodes can be made for it here: it has a release and a genesis on its record. */
    takesNodes: z.boolean(),
    /** Whether this installation pays test coins on it. */
    hasFaucet: z.boolean(),
    explorerUrl: z.string().nullable(),
    faucetUrl: z.string().nullable(),
  })
  .meta({ id: "Network" });
export type Network = z.infer<typeof Network>;

export const GetNetworkInput = z.strictObject({ networkId: NetworkRef });
export const ListNetworksInput = z.strictObject({ status: z.enum(NETWORK_STATUSES).optional() });

/** Body of `POST /api/v1/faucet`. */
export const RequestDripInput = z.strictObject({ networkId: NetworkRefOrDefault, address: accountAddressText });

export const NetworkEndpoint = z
  .object({
    id: z.string(),
    kind: z.enum(["rpc", "rest"]),
    url: z.string(),
    state: z.enum(ENDPOINT_STATES),
    reason: z.string().nullable(),
    latencyMs: z.number().int().nullable(),
    consecutiveFailures: z.number().int(),
    checkedAt: z.string().nullable(),
  })
  .meta({ id: "NetworkEndpoint" });
export type NetworkEndpoint = z.infer<typeof NetworkEndpoint>;

export const RecordEndpointHealthInput = z.strictObject({
  networkId: NetworkRef,
  endpoints: z
    .array(
      z.strictObject({
        kind: z.enum(["rpc", "rest"]),
        url: z.string(),
        state: z.enum(ENDPOINT_STATES),
        reason: z.string().nullable(),
        latencyMs: z.number().int().nullable(),
        consecutiveFailures: z.number().int(),
        checkedAt: z.string().nullable(),
      }),
    )
    .max(100),
});
export const QuarantineEndpointInput = z.strictObject({
  networkId: NetworkRef,
  url: Url,
  kind: z.enum(["rpc", "rest"]),
  /** One sentence: what it answered and what it should have. */
  reason: z.string().min(1).max(500),
});
export const ReleaseEndpointInput = z.strictObject({
  networkId: NetworkRef,
  url: Url,
  kind: z.enum(["rpc", "rest"]),
});

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
export const ResetRecordsInput = z.strictObject({ networkId: NetworkRef, reason: z.string().min(1).max(300) });

/** What a transaction is for, e.g. a setup request; its own domain knows the kind. */
export const TransactionSubject = z.strictObject({ kind: z.string().min(1).max(40), id: z.string().min(1).max(100) });
export type TransactionSubject = z.infer<typeof TransactionSubject>;

/** How a wallet signs; a Ledger signs amino only. */
export const SignMode = z.enum(["direct", "amino"]);
export type SignMode = z.infer<typeof SignMode>;

/** How the wallet will sign a document that is to be prepared. */
export const signerInput = {
  signMode: SignMode.default("direct"),
  /** Compressed secp256k1 key of the wallet in base64. */
  pubkey: patternText(/^[A-Za-z0-9+/]{44}$/, "33 bytes in base64", 44),
};

/** The signed TxRaw in base64. */
export const SignedTxBytes = patternText(
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$/,
  "base64",
  100_000,
);

/** A document that a wallet may sign, with what it costs. */
export const PreparedTransaction = z
  .object({
    transactionId: z.string(),
    chainId: z.string(),
    accountNumber: z.string(),
    sequence: z.string(),
    bodyBytes: z.string(),
    authInfoBytes: z.string(),
    /** The bytes that the fingerprint is of. */
    signBytes: z.string(),
    /** The document that a Ledger shows; null for direct signing. */
    aminoSignDoc: z.unknown().nullable(),
    signMode: SignMode,
    fingerprint: z.string(),
    gasLimit: z.string(),
    feeBaseUnits: z.string(),
    denom: z.string(),
    balanceBeforeBaseUnits: z.string(),
    balanceAfterBaseUnits: z.string(),
    stakeBeforeBaseUnits: z.string(),
    stakeAfterBaseUnits: z.string(),
    /** What the signer should know that the transaction itself does not tell; empty when there is nothing. */
    warnings: z.array(z.string()).optional(),
    /** Height of the state that the simulation ran on. */
    simulatedAtHeightBlocks: z.string(),
  })
  .meta({ id: "PreparedTransaction" });
export type PreparedTransaction = z.infer<typeof PreparedTransaction>;

/** How far this machine's own chain is. */
export const LocalnetStatus = z
  .object({
    state: z.enum(["building", "starting", "ready", "failed"]),
    message: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: "LocalnetStatus" });

/** Test coins that were sent. */
export const Drip = z
  .object({ address: z.string(), txHash: z.string(), amountBaseUnits: z.string() })
  .meta({ id: "Drip" });
