import type { SetupStatus } from "@/db/states/validators";
import type { StepWords } from "@/server/kernel/work/declare-work";

export { NODE_STATUSES, type NodeStatus, SETUP_STATUSES, type SetupStatus } from "@/db/states/validators";

/** How the chain shows a validator that was made here, worst first; `unknown` is what could not be read lately. */
export const CHAIN_STANDINGS = [
  "tombstoned",
  "gone",
  "jailed",
  "unbonded",
  "unbonding",
  "missing",
  "signing",
  "unknown",
] as const;
export type ChainStanding = (typeof CHAIN_STANDINGS)[number];
/** Until the chain has the validator its setup is how it stands. */
export const SETUP_STANDINGS = [
  "pending",
  "provisioning",
  "configuring",
  "ready_for_chain_tx",
  "chain_tx_pending",
  "failed",
  "cancelled",
] as const satisfies readonly SetupStatus[];
export const STANDINGS = [...SETUP_STANDINGS, ...CHAIN_STANDINGS] as const;
export type StandingState = (typeof STANDINGS)[number];
/** How a validator's node stands beside it; `none` before there is one. */
export const NODE_STANDINGS = ["synced", "behind", "down", "stopped", "unknown", "at_work", "removed", "none"] as const;
export type NodeStanding = (typeof NODE_STANDINGS)[number];

/** What a look at the chain said longer ago than this is not how it stands now. */
export const CHAIN_STALE_AFTER_SECONDS = 60;
/** No block for so long, or for so many of the chain's own block times: the chain is silent for us. */
export const CHAIN_SILENT_AFTER_SECONDS = 30;
export const CHAIN_SILENT_AFTER_BLOCKS = 5;
/** A node of which nothing was heard for so long is not known to run. */
export const NODE_STALE_AFTER_SECONDS = 30;

/** What runs a validator's node: a host of ours, by its kind, or a machine of its owner's. */
export const DRIVERS = ["process", "docker", "local"] as const;
export type Driver = (typeof DRIVERS)[number];
/** What a node is counted under whose program tells no version. */
export const UNKNOWN_VERSION = "unknown";

/** The kind by which other domains know a setup request: as what a transaction is for, and as a slot's holder. */
export const SETUP_REQUEST = "setupRequest";
export const subjectOf = (setupRequestId: string) => ({ kind: SETUP_REQUEST, id: setupRequestId });

export const RUN_MODES = ["cloud", "local"] as const;
export const RUNTIMES = ["process", "docker"] as const;
export type Runtime = (typeof RUNTIMES)[number];

/** Orders of the lists, as a list is asked for them; each has its index. The first is the list's own. */
export const SETUP_ORDERS = ["-createdAt", "createdAt", "-updatedAt", "updatedAt", "-name", "name"] as const;
export type SetupOrder = (typeof SETUP_ORDERS)[number];
export const NODE_ORDERS = ["-createdAt", "createdAt", "-name", "name"] as const;
export type NodeOrder = (typeof NODE_ORDERS)[number];

export const NODE_OPERATIONS = ["provision", "stop", "start", "redeploy", "terminate"] as const;
export type NodeOperation = (typeof NODE_OPERATIONS)[number];

/** A ready node waits this long for its owner's signature; then it is given back, and its slot with it. */
export const UNSIGNED_NODE_EXPIRES_AFTER_HOURS = 48;

/** What one person, across organisations, and one organisation may have at once: nodes that no chain knows yet cost us and nobody else. */
export const SETUP_LIMITS = [
  { of: "person", state: "unsigned", max: 3 },
  { of: "organization", state: "unsigned", max: 10 },
  { of: "person", state: "live", max: 20 },
  { of: "organization", state: "live", max: 50 },
] as const;
export type SetupLimit = (typeof SETUP_LIMITS)[number];

/** Gas that a balance is held against before a node is made; a MsgCreateValidator uses about two thirds of it. */
export const CREATION_GAS_RESERVE = 300_000n;

/** Steps of provisioning, in order. The kill tests are generated from this list: a step that is not here cannot run. */
export const PROVISION_STEPS = [
  { id: "reserve", title: "Reserve a slot", sentence: "Taking one slot of the region.", percentWhenDone: 5 },
  {
    id: "place",
    title: "Choose a host",
    sentence: "Choosing the host and checking that it answers.",
    percentWhenDone: 15,
  },
  {
    id: "volume",
    title: "Create the volume",
    sentence: "Creating the volume that keeps keys, sign state and chain data.",
    percentWhenDone: 25,
  },
  {
    id: "init",
    title: "Make the keys",
    sentence: "The node's own binary makes its keys inside the volume; they never leave it.",
    percentWhenDone: 40,
  },
  { id: "node", title: "Start the node", sentence: "Starting the node.", percentWhenDone: 55 },
  {
    id: "public-key",
    title: "Read the public key",
    sentence: "Asking the node for its public key.",
    percentWhenDone: 65,
  },
  {
    id: "sync",
    title: "Catch up with the chain",
    sentence: "Downloading and checking blocks until the node is at the tip.",
    percentWhenDone: 90,
  },
  {
    id: "ready",
    title: "Prove the key",
    sentence: "Comparing the key of the running node with the one in its volume.",
    percentWhenDone: 100,
  },
] as const satisfies readonly StepWords[];
export type ProvisionStepId = (typeof PROVISION_STEPS)[number]["id"];

/** Steps of an operation on an existing node, in order; each operation runs the ones that list it. */
export const NODE_OPERATION_STEPS = [
  {
    id: "begin",
    title: "Begin",
    sentence: "Making sure that nothing else works on this node.",
    percentWhenDone: 5,
    operations: ["stop", "start", "redeploy", "terminate"],
  },
  {
    id: "halt",
    title: "Stop the node",
    sentence: "Stopping the node and waiting until it has ended.",
    percentWhenDone: 30,
    operations: ["stop", "redeploy", "terminate"],
  },
  {
    id: "read-sign-state",
    title: "Read the sign state",
    sentence: "Reading the last height the node signed and keeping it as the lower bound.",
    percentWhenDone: 45,
    operations: ["stop", "start", "redeploy", "terminate"],
  },
  {
    id: "replace",
    title: "Replace the node",
    sentence: "Removing the old node; its volume with key and sign state stays.",
    percentWhenDone: 55,
    operations: ["redeploy"],
  },
  {
    id: "configure",
    title: "Write the configuration",
    sentence: "Writing the configuration anew; key and sign state stay untouched.",
    percentWhenDone: 65,
    operations: ["redeploy"],
  },
  {
    id: "guard",
    title: "Check the sign state",
    sentence: "Comparing the volume's sign state with the highest one seen; a lower one is refused.",
    percentWhenDone: 70,
    operations: ["start", "redeploy"],
  },
  {
    id: "launch",
    title: "Start the node",
    sentence: "Starting the node.",
    percentWhenDone: 85,
    operations: ["start", "redeploy"],
  },
  {
    id: "catch-up",
    title: "Catch up with the chain",
    sentence: "Waiting until the node is at the tip again.",
    percentWhenDone: 95,
    operations: ["start", "redeploy"],
  },
  {
    id: "remove",
    title: "Remove the node",
    sentence: "Removing the node; its volume stays.",
    percentWhenDone: 90,
    operations: ["terminate"],
  },
  {
    id: "finish",
    title: "Finish",
    sentence: "Recording the result.",
    percentWhenDone: 100,
    operations: ["stop", "start", "redeploy", "terminate"],
  },
] as const satisfies readonly (StepWords & { operations: readonly NodeOperation[] })[];
export type NodeOperationStepId = (typeof NODE_OPERATION_STEPS)[number]["id"];

/** Steps of giving back what a cancelled or failed request held. */
export const RELEASE_STEPS = [
  {
    id: "check-chain",
    title: "Check the chain",
    sentence: "Making sure that no validator on the chain uses this key.",
    percentWhenDone: 20,
  },
  {
    id: "remove-node",
    title: "Remove node and volume",
    sentence: "Removing the node and its volume.",
    percentWhenDone: 70,
  },
  { id: "release-slot", title: "Give the slot back", sentence: "Giving the region's slot back.", percentWhenDone: 90 },
  { id: "verify-gone", title: "Verify", sentence: "Checking that nothing is left on the host.", percentWhenDone: 100 },
] as const satisfies readonly StepWords[];
export type ReleaseStepId = (typeof RELEASE_STEPS)[number]["id"];

/** Steps of taking in what the chain made of a request's transaction. */
export const SETTLE_STEPS = [
  { id: "settle", title: "Settle", sentence: "Taking in what became of the transaction.", percentWhenDone: 50 },
  {
    id: "confirm",
    title: "Confirm",
    sentence: "Waiting until the chain shows the validator with the node's key.",
    percentWhenDone: 100,
  },
] as const satisfies readonly StepWords[];

/** The one step of taking the chain's news of a validator into its story. */
export const NEWS_STEPS = [
  { id: "note", title: "Note", sentence: "Telling the validator's owners what the chain did.", percentWhenDone: 100 },
] as const satisfies readonly StepWords[];

/** Names by which the job engine knows each durable work of this domain. */
export const WORK_IDS = {
  provision: "validators.provision",
  release: "validators.release",
  operateNode: "validators.operate-node",
  settleTransaction: "validators.settle-transaction",
  noteNews: "validators.note-news",
} as const;

/** Lengths that the chain itself enforces, in bytes of UTF-8 (cosmos-sdk x/staking/types/validator.go, v0.53.3). */
export const MONIKER_MAX_BYTES = 70;
export const IDENTITY_MAX_BYTES = 3_000;
export const WEBSITE_MAX_BYTES = 140;
export const SECURITY_CONTACT_MAX_BYTES = 140;
export const DETAILS_MAX_BYTES = 280;
/** Ours, so that a list of validators can be read. */
export const MONIKER_MIN_CHARACTERS = 3;

export const DEFAULT_MAX_COMMISSION_RATE = "0.2";
export const DEFAULT_MAX_COMMISSION_CHANGE_RATE = "0.01";

/** An operation on a node that takes longer than this has failed; catching up alone may take 23 minutes. */
export const OPERATION_TIMEOUT_MINUTES = 60;
/** A setup that takes longer than this has failed (omniphi requirement 2.5: 30 minutes). */
export const SETUP_TIMEOUT_MINUTES = 30;
/** A node within this many blocks of the tip counts as synced. */
export const SYNCED_LAG_BLOCKS = 3;
/** A node whose clock differs more from ours does not join: its votes would carry a wrong time, and it may take part too early or too late. */
export const MAX_CLOCK_SKEW_SECONDS = 30;
/** Seconds a node gets to end by itself. */
export const STOP_GRACE_SECONDS = 30;
/** Health checks run this often; what is older than two of them is shown as stale. */
export const HEALTH_CHECK_INTERVAL_SECONDS = 10;
/** Setups of all organisations that may be under way at once. */
export const SETUP_CONCURRENCY = 5;

export {
  HISTORY_DAYS,
  HISTORY_STEPS,
  type HistorySpan,
  SAMPLE_MINUTES,
  THINNED_AFTER_HOURS,
} from "@/server/domains/chain/constants";
/** What a look can find of a node, the worst first: what explains a missed block better stands before what explains it less. */
export const NODE_CONDITIONS = ["stopped", "down", "no_peers", "behind", "in_sync"] as const;
export type NodeCondition = (typeof NODE_CONDITIONS)[number];
/** Why a block was not signed, as far as the node's condition then tells: `in_sync` ran, had peers and was at the tip; `unknown` nobody looked. */
export const MISS_CAUSES = [...NODE_CONDITIONS, "unknown"] as const;
export type MissCause = (typeof MISS_CAUSES)[number];
/** Two looks further apart say nothing of the time between them; machines of one's own report every 30 seconds. */
export const LOOK_GAP_SECONDS = 45;
/** Misses are given their cause so long after the block, when every look around it has come in. */
export const MISS_SETTLES_SECONDS = 120;
/** Blocks of one validator that a tick goes through at most. */
export const MISS_BLOCKS_AT_ONCE = 5_000;
