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
import { NODE_STATUSES, SETUP_STATUSES } from "../states/validators";
import { baseUnits, id, instant, timestamps, writtenState } from "./columns";

export const setupStatus = pgEnum("setup_status", SETUP_STATUSES);
export const nodeStatus = pgEnum("node_status", NODE_STATUSES);

/** One row is one person's way to one validator, from the wizard to the chain. */
export const validatorSetupRequests = pgTable(
  "validator_setup_requests",
  {
    id: id(),
    organizationId: text().notNull(),
    createdByUserId: text().notNull(),
    networkId: text().notNull(),
    /** Account (bech32) that will sign and own the validator. */
    walletAddress: text().notNull(),
    /** Same 20 bytes with the operator prefix. */
    operatorAddress: text().notNull(),
    /** Moniker; at most 70 bytes, as the chain counts. */
    validatorName: text().notNull(),
    identity: text().notNull().default(""),
    website: text().notNull().default(""),
    securityContact: text().notNull().default(""),
    description: text().notNull().default(""),
    /** Dec strings of at most 18 fractional digits, e.g. `0.1`. */
    commissionRate: text().notNull(),
    commissionMaxRate: text().notNull(),
    commissionMaxChangeRate: text().notNull(),
    minSelfDelegation: baseUnits().notNull(),
    selfDelegation: baseUnits().notNull(),
    runMode: text().$type<"cloud" | "local">().notNull(),
    regionCode: text().notNull(),
    tierCode: text().notNull(),
    /** What the person asked for; null leaves the choice to placement. */
    requestedRuntime: text().$type<"process" | "docker">(),
    /** Raw 32-byte ed25519 key in base64, as the node told it. */
    consensusPubkey: text(),
    status: setupStatus().notNull().default("pending"),
    statusMessage: text().notNull().default(""),
    /** Id of the provisioning step that is under way or failed. */
    currentStep: text(),
    progressPercent: integer().notNull().default(0),
    /** Code of why it failed or went back to the signature; null when it did not. */
    errorCode: text(),
    errorMessage: text(),
    chainTxHash: text(),
    chainTxHeight: bigint({ mode: "bigint" }),
    retryCount: integer().notNull().default(0),
    maxRetries: integer().notNull().default(3),
    source: text().$type<"web" | "api" | "cli" | "desktop">().notNull(),
    /** Grows with every attempt; work of an older generation must not act. */
    generation: integer().notNull().default(1),
    /** Whether volume, node and slot of a cancelled or failed request are gone; null while they are wanted. */
    releasedAt: instant(),
    provisioningStartedAt: instant(),
    provisioningCompletedAt: instant(),
    completedAt: instant(),
    /** When the chain was found to have the validator no more; it frees the wallet. */
    endedAt: instant(),
    failedAt: instant(),
    cancelledAt: instant(),
    /** Since when anybody may see its page at `/v/`; null while its organisation has not published it. */
    publishedAt: instant(),
    /** The first block that has its signature, as the watcher recorded it; null before, and where the record has a hole there. */
    firstSignedHeight: bigint({ mode: "bigint" }),
    firstSignedAt: instant(),
    firstSignedHash: text(),
    ...timestamps(),
  },
  (table) => [
    uniqueIndex("validator_setup_requests_live_operator_uq")
      .on(table.networkId, table.operatorAddress)
      .where(sql`${table.status} not in ('cancelled', 'failed') and ${table.endedAt} is null`),
    uniqueIndex("validator_setup_requests_live_pubkey_uq")
      .on(table.networkId, table.consensusPubkey)
      .where(sql`${table.status} not in ('cancelled', 'failed')`),
    index("validator_setup_requests_organization_idx").on(table.organizationId, table.createdAt, table.id),
    index("validator_setup_requests_created_idx").on(table.createdAt, table.id),
    index("validator_setup_requests_updated_idx").on(table.updatedAt, table.id),
    index("validator_setup_requests_name_idx").on(sql`lower(${table.validatorName})`, table.id),
    index("validator_setup_requests_wallet_idx").on(table.walletAddress, table.status),
    index("validator_setup_requests_status_idx").on(table.status, table.createdAt),
    index("validator_setup_requests_public_idx").on(table.operatorAddress).where(sql`${table.publishedAt} is not null`),
  ],
);

/** One row is one thing that happened on the way, in plain words; shown live and kept as the request's activity. */
export const provisioningEvents = pgTable(
  "provisioning_events",
  {
    /** Order of writing; also the event id of the live stream. */
    sequence: bigserial({ mode: "number" }).primaryKey(),
    setupRequestId: text()
      .notNull()
      .references(() => validatorSetupRequests.id, { onDelete: "cascade" }),
    organizationId: text().notNull(),
    eventType: text()
      .$type<"started" | "progress" | "completed" | "failed" | "retry" | "cancelled" | "activity">()
      .notNull(),
    /** Step id of the registry; null for what is not a step. */
    step: text(),
    message: text().notNull(),
    details: jsonb().$type<Readonly<Record<string, unknown>>>().notNull().default({}),
    at: instant().notNull(),
  },
  (table) => [
    index("provisioning_events_request_idx").on(table.setupRequestId, table.sequence),
    index("provisioning_events_refused_idx")
      .on(table.at)
      .where(sql`${table.details} ->> 'code' = 'validators.sign_state_refused'`),
  ],
);

/** One row is one volume with a consensus key in it. Its watermark only grows; nothing lower may ever be started. */
export const validatorVolumes = pgTable(
  "validator_volumes",
  {
    id: id(),
    organizationId: text().notNull(),
    setupRequestId: text()
      .notNull()
      .references(() => validatorSetupRequests.id),
    hostKind: text().$type<"process" | "docker">().notNull(),
    /** Highest last-sign-state that we have seen of it; null before the first look. */
    watermarkHeight: bigint({ mode: "bigint" }),
    watermarkRound: integer(),
    watermarkStep: integer(),
    removedAt: instant(),
    ...timestamps(),
  },
  (table) => [
    uniqueIndex("validator_volumes_present_uq").on(table.setupRequestId).where(sql`${table.removedAt} is null`),
  ],
);

/** One row is one node on one host; desired state is the person's, observed state is what the host and the node last said. */
export const validatorNodes = pgTable(
  "validator_nodes",
  {
    id: id(),
    organizationId: text().notNull(),
    setupRequestId: text()
      .notNull()
      .references(() => validatorSetupRequests.id),
    volumeId: text()
      .notNull()
      .references(() => validatorVolumes.id),
    networkId: text().notNull(),
    hostKind: text().$type<"process" | "docker">().notNull(),
    desiredState: writtenState<"running" | "stopped" | "terminated">().notNull(),
    status: nodeStatus().notNull(),
    /** Code of why it is in its state; null when that needs no reason. */
    statusReason: text(),
    statusMessage: text().notNull().default(""),
    /** Operation under way, which alone may act on the node; null when idle. */
    operation: text().$type<"provision" | "stop" | "start" | "redeploy" | "terminate">(),
    operationStep: text(),
    /** Grows with every operation; an older one must not act. */
    generation: integer().notNull().default(1),
    operationStartedAt: instant(),
    binaryPath: text().notNull(),
    binarySha256: text().notNull(),
    binaryVersion: text().notNull(),
    genesisPath: text().notNull(),
    genesisSha256: text().notNull(),
    persistentPeers: jsonb().$type<readonly string[]>().notNull(),
    seeds: jsonb().$type<readonly string[]>().notNull().default([]),
    /** The block that its light client began to trust, on a network that offers snapshots; null replays from genesis. */
    stateSync: jsonb().$type<{
      readonly rpcServers: readonly string[];
      readonly trustHeight: string;
      readonly trustHash: string;
    }>(),
    minimumGasPrices: text().notNull(),
    /** How long it waits in each phase of consensus; null leaves what the binary's `init` wrote. */
    consensusTimeouts: jsonb().$type<{
      readonly proposeMs: number;
      readonly proposeDeltaMs: number;
      readonly voteMs: number;
      readonly voteDeltaMs: number;
      readonly commitMs: number;
    }>(),
    cpuMillicores: integer().notNull(),
    memoryBytes: bigint({ mode: "number" }).notNull(),
    runtimeRef: text(),
    /** CometBFT node id. */
    p2pNodeId: text(),
    rpcUrl: text(),
    p2pAddress: text(),
    lastBlockHeight: bigint({ mode: "bigint" }),
    lagBlocks: integer(),
    isCatchingUp: boolean(),
    peerCount: integer(),
    nodeVersion: text(),
    restartCount: integer(),
    cpuPercent: integer(),
    memoryUsedBytes: bigint({ mode: "number" }),
    volumeUsedBytes: bigint({ mode: "number" }),
    /** When the host or node last answered; older than two checks means that what is shown is stale. */
    lastSeenAt: instant(),
    /** Why the last check failed, in one sentence; null when it did not. */
    lastCheckError: text(),
    /** While set, nobody starts or replaces it; only who runs the platform holds and releases. */
    heldAt: instant(),
    /** Why it is held, for its owner to read. */
    heldReason: text(),
    startedAt: instant(),
    stoppedAt: instant(),
    terminatedAt: instant(),
    ...timestamps(),
  },
  (table) => [
    uniqueIndex("validator_nodes_active_uq").on(table.setupRequestId).where(sql`${table.status} <> 'terminated'`),
    index("validator_nodes_created_idx").on(table.createdAt, table.id),
    index("validator_nodes_status_idx").on(table.status, table.createdAt),
  ],
);

/** One row is one person's unfinished wizard in one organisation, so that it can be taken up on another device. */
export const validatorDrafts = pgTable(
  "validator_drafts",
  {
    organizationId: text().notNull(),
    userId: text().notNull(),
    /** What was entered so far, by field; checked only when the request is made. */
    answers: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.userId] })],
);

/** One row is the newest report of one machine of a person's own, of the node that it runs. */
export const localValidatorHeartbeats = pgTable(
  "local_validator_heartbeats",
  {
    /** The machine's agent; one machine reports of one node. */
    agentId: text().primaryKey(),
    organizationId: text().notNull(),
    networkId: text().notNull(),
    walletAddress: text().notNull(),
    consensusPubkey: text().notNull(),
    /** The live request of that wallet on that network; null while there is none. */
    setupRequestId: text(),
    machineId: text().notNull(),
    machineName: text().notNull(),
    blockHeight: bigint({ mode: "bigint" }).notNull(),
    isCatchingUp: boolean(),
    peerCount: integer(),
    uptimeSeconds: bigint({ mode: "number" }).notNull(),
    cpuPercent: integer(),
    memoryPercent: integer(),
    diskPercent: integer(),
    localRpcPort: integer(),
    localP2pPort: integer(),
    localGrpcPort: integer(),
    chainId: text(),
    nodeVersion: text(),
    binaryVersion: text(),
    agentVersion: text(),
    osType: text(),
    osVersion: text(),
    isOnBattery: boolean(),
    maySleep: boolean(),
    signHeight: bigint({ mode: "bigint" }),
    signRound: integer(),
    signStep: integer(),
    /** When the sign state was last seen to have moved up, and since when it has without a pause. */
    signAdvancedAt: instant(),
    signAdvancingSince: instant(),
    /** When another signer with the same key was last seen beside this one, and which. */
    conflictAt: instant(),
    conflictWith: text(),
    firstSeenAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
  },
  (table) => [
    index("local_validator_heartbeats_key_idx").on(table.networkId, table.consensusPubkey),
    index("local_validator_heartbeats_organization_idx").on(table.organizationId, table.lastSeenAt, table.agentId),
    index("local_validator_heartbeats_setup_idx").on(table.setupRequestId),
  ],
);

/** One row is one report of a machine, as far as it is drawn over time; kept for a day. */
export const localValidatorSamples = pgTable(
  "local_validator_samples",
  {
    sequence: bigserial({ mode: "number" }).primaryKey(),
    agentId: text().notNull(),
    at: instant().notNull(),
    blockHeight: bigint({ mode: "bigint" }).notNull(),
    isCatchingUp: boolean(),
    peerCount: integer(),
    cpuPercent: integer(),
    memoryPercent: integer(),
    diskPercent: integer(),
  },
  (table) => [
    index("local_validator_samples_agent_idx").on(table.agentId, table.at),
    index("local_validator_samples_at_idx").on(table.at),
  ],
);

/** One row is what looks at one node found in ten minutes, or in an hour of older ones: the mean of the processor, and the worst of the rest. */
export const validatorNodeSamples = pgTable(
  "validator_node_samples",
  {
    /** A node on a host of ours, or the agent of a machine of its owner's. */
    sourceId: text().notNull(),
    /** Beginning of the time. */
    at: instant().notNull(),
    /** Whose validator it is for; null while a machine has none. */
    setupRequestId: text(),
    /** Sum over the looks that told it, and how many did; 100 is one core of a host of ours, or the whole of a machine. */
    cpuPercentSum: integer().notNull(),
    cpuLooks: integer().notNull(),
    /** Highest. A host of ours tells bytes, a machine of one's own a percentage; null is what nobody told. */
    memoryBytes: bigint({ mode: "number" }),
    memoryPercent: integer(),
    diskUsedBytes: bigint({ mode: "number" }),
    diskPercent: integer(),
    /** Lowest. */
    diskFreeBytes: bigint({ mode: "number" }),
    /** Furthest behind, and fewest. */
    lagBlocks: integer(),
    peerCount: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceId, table.at] }),
    index("validator_node_samples_setup_idx").on(table.setupRequestId, table.at),
    index("validator_node_samples_time_idx").on(table.at),
  ],
);

/** One row is a time in which every look at a node found it in the same condition; times that no row covers are unknown. */
export const validatorNodeSpells = pgTable(
  "validator_node_spells",
  {
    sequence: bigserial({ mode: "number" }).primaryKey(),
    sourceId: text().notNull(),
    setupRequestId: text(),
    condition: writtenState<"stopped" | "down" | "behind" | "no_peers" | "in_sync">().notNull(),
    /** First and last look that found it so. */
    beganAt: instant().notNull(),
    lastLookAt: instant().notNull(),
  },
  (table) => [
    index("validator_node_spells_source_idx").on(table.sourceId, table.lastLookAt),
    index("validator_node_spells_setup_idx").on(table.setupRequestId, table.lastLookAt),
    index("validator_node_spells_time_idx").on(table.lastLookAt),
  ],
);

/** One row is the misses of one hour of a validator that the state of its node at the time explains in one way. */
export const validatorMissHours = pgTable(
  "validator_miss_hours",
  {
    setupRequestId: text()
      .notNull()
      .references(() => validatorSetupRequests.id, { onDelete: "cascade" }),
    hourAt: instant().notNull(),
    cause: text().$type<"stopped" | "down" | "behind" | "no_peers" | "in_sync" | "unknown">().notNull(),
    missedBlocks: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.setupRequestId, table.hourAt, table.cause] }),
    index("validator_miss_hours_time_idx").on(table.hourAt),
  ],
);

/** One row is how far a validator's misses were given their causes. */
export const validatorMissCursors = pgTable("validator_miss_cursors", {
  setupRequestId: text()
    .primaryKey()
    .references(() => validatorSetupRequests.id, { onDelete: "cascade" }),
  readToHeightBlocks: bigint({ mode: "bigint" }).notNull(),
});
