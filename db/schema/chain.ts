import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { ENDPOINT_STATES, NETWORK_STATUSES, TRANSACTION_STATUSES } from "../states/chain";
import { baseUnits, id, instant, timestamps, writtenState } from "./columns";

export const networkStatus = pgEnum("network_status", NETWORK_STATUSES);
export const endpointState = pgEnum("endpoint_state", ENDPOINT_STATES);
export const transactionStatus = pgEnum("transaction_status", TRANSACTION_STATUSES);

/** One row is one Cosmos chain; adding a chain is adding a row with its chain-registry fields. */
export const networks = pgTable(
  "networks",
  {
    id: id(),
    /** What every endpoint's `/status` must answer. */
    chainId: text().notNull(),
    kind: text().$type<"mainnet" | "testnet" | "localnet">().notNull(),
    displayName: text().notNull(),
    status: networkStatus().notNull(),
    /** At most one network is what a newcomer is offered first. */
    isDefault: boolean().notNull().default(false),
    /** The six prefixes, as wallets ask for them. */
    bech32: jsonb()
      .$type<{
        readonly account: string;
        readonly accountPub: string;
        readonly validator: string;
        readonly validatorPub: string;
        readonly consensus: string;
        readonly consensusPub: string;
      }>()
      .notNull(),
    /** SLIP-44 number of the wallet's path, 60 for Omniphi. */
    coinType: integer().notNull(),
    baseDenom: text().notNull(),
    displayDenom: text().notNull(),
    /** Base units in one display unit, as a power of ten. */
    denomExponent: integer().notNull(),
    /** Wallet gas price steps in the base denom, Dec strings. */
    gasPriceSteps: jsonb().$type<{ readonly low: string; readonly average: string; readonly high: string }>().notNull(),
    /** `nodeid@host:port` each. */
    seeds: jsonb().$type<readonly string[]>().notNull().default([]),
    persistentPeers: jsonb().$type<readonly string[]>().notNull().default([]),
    grpcUrls: jsonb().$type<readonly string[]>().notNull().default([]),
    genesisUrl: text(),
    /** On this machine, in place of an address. */
    genesisPath: text(),
    genesisSha256: text(),
    /** The release in force; null for the first one that fits a host. */
    currentBinaryVersion: text(),
    /** The network's program for each platform; one of `url` and `path` says where it is had. */
    releases: jsonb()
      .$type<
        readonly {
          readonly version: string;
          readonly os: "linux" | "darwin";
          readonly arch: "amd64" | "arm64";
          readonly url: string | null;
          readonly path: string | null;
          readonly sha256: string;
        }[]
      >()
      .notNull()
      .default([]),
    /** RPC servers that a new node's light client trusts a recent block of; none, and it replays from genesis. */
    stateSyncRpcUrls: jsonb().$type<readonly string[]>().notNull().default([]),
    /** How long validators of this network wait in each phase of consensus, where that is known; null leaves the program's own. */
    consensusTimeouts: jsonb().$type<{
      readonly proposeMs: number;
      readonly proposeDeltaMs: number;
      readonly voteMs: number;
      readonly voteDeltaMs: number;
      readonly commitMs: number;
    }>(),
    /** Folder of a local chain on this machine, whose faucet pays; null for every other network. */
    localnetHome: text(),
    explorerUrl: text(),
    faucetUrl: text(),
    ...timestamps(),
  },
  (table) => [
    uniqueIndex("networks_chain_id_uq").on(table.chainId),
    uniqueIndex("networks_default_uq").on(table.isDefault).where(sql`${table.isDefault}`),
  ],
);

/** One row is one URL of a network's pool with its last known standing. */
export const networkEndpoints = pgTable(
  "network_endpoints",
  {
    id: id(),
    networkId: text()
      .notNull()
      .references(() => networks.id, { onDelete: "cascade" }),
    kind: text().$type<"rpc" | "rest">().notNull(),
    url: text().notNull(),
    /** Lower is asked first while health is equal. */
    priority: integer().notNull(),
    state: endpointState().notNull().default("unknown"),
    /** Why it is failing or quarantined, in one sentence. */
    reason: text(),
    latencyMs: integer(),
    consecutiveFailures: integer().notNull().default(0),
    checkedAt: instant(),
    quarantinedAt: instant(),
    ...timestamps(),
  },
  (table) => [uniqueIndex("network_endpoints_url_uq").on(table.networkId, table.kind, table.url)],
);

/** One row is one composition of the validator set, named by the header's own hash; many blocks share one. */
export const chainValidatorSets = pgTable(
  "chain_validator_sets",
  {
    networkId: text()
      .notNull()
      .references(() => networks.id, { onDelete: "cascade" }),
    /** `validators_hash` of the headers that this set signs; upper-case hex. */
    setHash: text().notNull(),
    /** Consensus addresses (upper-case hex) in the set's order, which is the order of signatures. */
    addresses: text().array().notNull(),
    /** Voting power of each, same order. */
    votingPowers: bigint({ mode: "bigint" }).array().notNull(),
    firstHeightBlocks: bigint({ mode: "bigint" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.networkId, table.setHash] })],
);

/** One row is one final block: written once its signatures are known from the next block, and never changed. */
export const chainBlocks = pgTable(
  "chain_blocks",
  {
    networkId: text()
      .notNull()
      .references(() => networks.id, { onDelete: "cascade" }),
    heightBlocks: bigint({ mode: "bigint" }).notNull(),
    hash: text().notNull(),
    blockAt: instant().notNull(),
    proposerAddressHex: text().notNull(),
    /** Set whose order the signatures follow. */
    setHash: text().notNull(),
    txCount: integer().notNull(),
    /** One letter per validator of the set, in its order: `c` signed the block, `n` signed nil, `a` absent. */
    signatures: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.networkId, table.heightBlocks] }),
    index("chain_blocks_time_idx").on(table.networkId, table.blockAt),
    index("chain_blocks_hash_idx").on(table.hash),
  ],
);

/** One row is a network's progress and last read state; `contiguousHeightBlocks` never passes a block that is neither recorded nor in a gap. */
export const chainStates = pgTable("chain_states", {
  networkId: text()
    .primaryKey()
    .references(() => networks.id, { onDelete: "cascade" }),
  /** First height that was ever asked for. */
  firstHeightBlocks: bigint({ mode: "bigint" }),
  contiguousHeightBlocks: bigint({ mode: "bigint" }),
  /** Newest height that the hours of its history count. */
  countedToHeightBlocks: bigint({ mode: "bigint" }),
  tipHeightBlocks: bigint({ mode: "bigint" }),
  tipAt: instant(),
  via: text().$type<"subscription" | "polling">(),
  slashingParams: jsonb().$type<{
    readonly signedBlocksWindow: number;
    readonly minSignedPerWindow: string;
    readonly downtimeJailSeconds: number;
    readonly slashFractionDoubleSign: string;
    readonly slashFractionDowntime: string;
  }>(),
  stakingParams: jsonb().$type<{
    readonly unbondingSeconds: number;
    readonly maxValidators: number;
    readonly maxEntries: number;
    readonly bondDenom: string;
    readonly minCommissionRate: string;
  }>(),
  upgradePlan: jsonb().$type<{ readonly name: string; readonly heightBlocks: string; readonly info: string }>(),
  /** Height at which params, plan and validators were last read. */
  syncedHeightBlocks: bigint({ mode: "bigint" }),
  syncedAt: instant(),
  updatedAt: instant().notNull(),
});

/** One row is a range of blocks that no endpoint could give any more; the grid shows it as unknown, never as missed. */
export const chainSyncGaps = pgTable(
  "chain_sync_gaps",
  {
    networkId: text()
      .notNull()
      .references(() => networks.id, { onDelete: "cascade" }),
    fromHeightBlocks: bigint({ mode: "bigint" }).notNull(),
    toHeightBlocks: bigint({ mode: "bigint" }).notNull(),
    reason: text().notNull(),
    recordedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.networkId, table.fromHeightBlocks] })],
);

/** One row is one validator of a network as the chain last showed it. */
export const chainValidators = pgTable(
  "chain_validators",
  {
    networkId: text()
      .notNull()
      .references(() => networks.id, { onDelete: "cascade" }),
    operatorAddress: text().notNull(),
    consensusPubkeyBase64: text().notNull(),
    consensusAddress: text().notNull(),
    consensusAddressHex: text().notNull(),
    moniker: text().notNull(),
    status: writtenState<"unbonded" | "unbonding" | "bonded">().notNull(),
    jailed: boolean().notNull(),
    tombstoned: boolean().notNull(),
    jailedUntil: instant(),
    /** When jail was first seen, and at which height; null outside of jail. */
    jailedSince: instant(),
    jailedHeightBlocks: bigint({ mode: "bigint" }),
    jailCause: text().$type<"downtime" | "double_sign" | "unknown">(),
    /** When the stake of one that left the set is free; null while it is bonded. */
    unbondsAt: instant(),
    tokensBaseUnits: baseUnits().notNull(),
    /** Dec string: a slash lowers what a share is worth, a delegation does not. */
    delegatorShares: text(),
    commissionRate: text().notNull(),
    /** How high it may ever go, and by how much in a day; null where it was not read yet. */
    commissionMaxRate: text(),
    commissionMaxChangeRate: text(),
    /** What its owner wrote beside the moniker. */
    profile: jsonb().$type<{
      readonly identity: string;
      readonly website: string;
      readonly securityContact: string;
      readonly details: string;
    }>(),
    /** Misses inside the running window, as the slashing module counts; null for one that was never in the set. */
    missedBlocks: integer(),
    /** Height from which the slashing module counts. */
    signingStartHeightBlocks: bigint({ mode: "bigint" }),
    syncedHeightBlocks: bigint({ mode: "bigint" }).notNull(),
    syncedAt: instant().notNull(),
    /** Set when the chain no longer knows the operator. */
    removedAt: instant(),
    removedHeightBlocks: bigint({ mode: "bigint" }),
    /** Whether somebody here wants to be told of each change of its stake; of the others such rows would be the most of all. */
    isWatched: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.networkId, table.operatorAddress] }),
    index("chain_validators_consensus_idx").on(table.networkId, table.consensusAddressHex),
    index("chain_validators_stake_idx").on(table.networkId, table.tokensBaseUnits, table.operatorAddress),
  ],
);

/** One row is one change of a network that the watcher saw: jailing, entering or leaving the set, an upgrade plan. */
export const chainEvents = pgTable(
  "chain_events",
  {
    sequence: bigserial({ mode: "number" }).primaryKey(),
    networkId: text()
      .notNull()
      .references(() => networks.id, { onDelete: "cascade" }),
    heightBlocks: bigint({ mode: "bigint" }).notNull(),
    kind: text().notNull(),
    operatorAddress: text(),
    details: jsonb().$type<Readonly<Record<string, string | number | boolean | null>>>().notNull().default({}),
    occurredAt: instant().notNull(),
  },
  (table) => [
    index("chain_events_network_idx").on(table.networkId, table.sequence),
    index("chain_events_operator_idx").on(table.networkId, table.operatorAddress, table.sequence),
    index("chain_events_slashed_idx")
      .on(table.networkId, table.occurredAt)
      .where(sql`${table.kind} = 'validator_slashed'`),
  ],
);

/** One row is one validator's hour: of the blocks that were recorded in it, how many asked for its signature, and how many got it. */
export const chainValidatorHours = pgTable(
  "chain_validator_hours",
  {
    networkId: text()
      .notNull()
      .references(() => networks.id, { onDelete: "cascade" }),
    consensusAddressHex: text().notNull(),
    /** Beginning of the hour, by the blocks' own times. */
    hourAt: instant().notNull(),
    /** As the slashing module counts, a vote for nil is a signature. */
    signedBlocks: integer().notNull(),
    missedBlocks: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.networkId, table.consensusAddressHex, table.hourAt] }),
    index("chain_validator_hours_time_idx").on(table.hourAt),
  ],
);

/** One row is one hour of a network: how many of its blocks were recorded; an hour without a row was not read at all. */
export const chainHours = pgTable(
  "chain_hours",
  {
    networkId: text()
      .notNull()
      .references(() => networks.id, { onDelete: "cascade" }),
    hourAt: instant().notNull(),
    recordedBlocks: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.networkId, table.hourAt] })],
);

/** One row is how a validator stood at one moment; what could not be read makes no row. */
export const chainValidatorSamples = pgTable(
  "chain_validator_samples",
  {
    networkId: text()
      .notNull()
      .references(() => networks.id, { onDelete: "cascade" }),
    operatorAddress: text().notNull(),
    /** Beginning of the ten minutes whose last look this is. */
    at: instant().notNull(),
    tokensBaseUnits: baseUnits().notNull(),
    /** Place among the bonded by stake, from 1; null for one that is not bonded. */
    rank: integer(),
    /** Stake of all that are bonded, of which its own is a share. */
    bondedBaseUnits: baseUnits().notNull(),
    commissionRate: text().notNull(),
    /** Misses inside the slashing window, as the chain counts; null for one that was never in the set. */
    missedBlocks: integer(),
    /** What is asked for watched validators alone, some minutes later than the rest; null where nobody asked or the chain did not tell. */
    delegatorCount: integer(),
    /** Earned and not withdrawn, its commission included; whole base units. */
    outstandingRewardsBaseUnits: baseUnits(),
    outstandingCommissionBaseUnits: baseUnits(),
    /** The network's yearly rate before commission, a Dec string. */
    aprBeforeCommission: text(),
  },
  (table) => [
    primaryKey({ columns: [table.networkId, table.operatorAddress, table.at] }),
    index("chain_validator_samples_time_idx").on(table.at),
  ],
);

/** One row is one transaction that we prepared: the exact bytes shown, then what came of them. */
export const chainTransactions = pgTable(
  "chain_transactions",
  {
    id: id(),
    organizationId: text().notNull(),
    /** What it is for, as the domain that asked for it names its own row. */
    subjectKind: text().notNull(),
    subjectId: text().notNull(),
    networkId: text().notNull(),
    signerAddress: text().notNull(),
    /** What it does, e.g. `create_validator`. */
    type: text().notNull(),
    signMode: text().$type<"direct" | "amino">().notNull(),
    bodyBytesBase64: text().notNull(),
    authInfoBytesBase64: text().notNull(),
    /** What the wallet signs: the SignDoc of direct signing, or the canonical amino JSON. */
    signBytesBase64: text().notNull(),
    /** Compressed secp256k1 key that the signature must verify under. */
    signerPubkeyBase64: text().notNull(),
    accountNumber: bigint({ mode: "bigint" }).notNull(),
    sequence: bigint({ mode: "bigint" }).notNull(),
    /** Short code over the sign bytes, the same in sheet, log and API. */
    fingerprint: text().notNull(),
    status: transactionStatus().notNull(),
    /** Code of why it failed or expired; null when it did not. */
    statusReason: text(),
    /** Signed bytes as the wallet returned them; set once accepted. */
    txBytesBase64: text(),
    txHash: text(),
    codespace: text(),
    code: integer(),
    rawLog: text(),
    height: bigint({ mode: "bigint" }),
    includedAt: instant(),
    ...timestamps(),
  },
  (table) => [
    // The same document signed again after its time was over is the same transaction, and a row of its own.
    uniqueIndex("chain_transactions_hash_uq")
      .on(table.networkId, table.txHash)
      .where(sql`${table.status} not in ('failed', 'expired')`),
    uniqueIndex("chain_transactions_in_flight_uq")
      .on(table.subjectKind, table.subjectId)
      .where(sql`${table.status} in ('accepted', 'broadcast')`),
    index("chain_transactions_subject_idx").on(table.subjectKind, table.subjectId, table.createdAt),
    index("chain_transactions_unsigned_idx")
      .on(table.networkId, table.signerAddress)
      .where(sql`${table.status} = 'prepared'`),
    index("chain_transactions_organization_hash_idx")
      .on(table.organizationId, table.txHash)
      .where(sql`${table.txHash} is not null`),
  ],
);
