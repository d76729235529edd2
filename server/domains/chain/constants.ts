import type { StepWords } from "@/server/kernel/work/declare-work";

export { ENDPOINT_STATES, NETWORK_STATUSES } from "@/db/states/chain";

/** A transaction that no block shows by then may be signed again. */
export const TRANSACTION_TIMEOUT_MINUTES = 10;
/** A transaction of which nothing has been heard for so long is taken up again: its run is taken for lost. */
export const SILENT_AFTER_MINUTES = 3;

export const NETWORK_KINDS = ["mainnet", "testnet", "localnet"] as const;

/** Platforms that nodes run on, in Go's words. */
export const RELEASE_OSES = ["linux", "darwin"] as const;
export const RELEASE_ARCHES = ["amd64", "arm64"] as const;

/** What a grid knows of one block: as the slashing module counts, a vote for nil is no miss; `absent` is "not in the set", `unknown` is a gap. */
export const BLOCK_STATES = ["signed", "missed", "absent", "unknown"] as const;

/** What the watcher notes of a network. */
export const CHAIN_EVENT_KINDS = [
  "validator_created",
  "validator_removed",
  "validator_bonded",
  "validator_left_set",
  "validator_jailed",
  "validator_unjailed",
  "validator_tombstoned",
  "validator_slashed",
  "validator_edited",
  "validator_stake_changed",
  "upgrade_planned",
  "upgrade_cleared",
] as const;

/** Why a validator is in jail, as far as it was seen; `unknown` also where its own stake fell below what it promised. */
export const JAIL_CAUSES = ["downtime", "double_sign", "unknown"] as const;
export type JailCause = (typeof JAIL_CAUSES)[number];

/** What a request that names no network asks for: whichever is the default one then. No chain can be called so. */
export const DEFAULT_NETWORK_REF = "default";

/** Validators of one set that a record takes; Comet's own limit (types/vote_set.go, MaxVotesCount). */
export const MAX_SET_VALIDATORS = 10_000;

/** Blocks of a grid: the page's default and the most that can be asked for. */
export const GRID_BLOCKS = { default: 200, max: 10_000 } as const;

/** Newest blocks that tell how a validator signs now. */
export const RECENT_BLOCKS = 200;

/** Blocks of the public picture of a network. */
export const PULSE_BLOCKS = 600;

/** Blocks that the rolling block time is taken over; block time is never a constant. */
export const BLOCK_TIME_SAMPLE_BLOCKS = 1_000;

/** Blocks that are kept; a third more than the longest signing window of a known network (30,000). */
export const RETAINED_BLOCKS = 40_000;

/** History is kept so long, for the calendar and the charts of thirty days and for comparing a quarter. */
export const HISTORY_DAYS = 90;
/** A sample of every validator is kept for each so many minutes; of what is older than two days one an hour stays. */
export const SAMPLE_MINUTES = 10;
export const THINNED_AFTER_HOURS = 48;
/** Blocks that one roll-up of a network counts at most, so that recording waits for no more than about a second. */
export const ROLL_UP_BLOCKS = 2_000;
/** What charts show, and how far apart their points stand. */
export const HISTORY_SPANS = ["24h", "7d", "30d"] as const;
export type HistorySpan = (typeof HISTORY_SPANS)[number];
export const HISTORY_STEPS: Record<HistorySpan, { readonly hours: number; readonly stepMinutes: number }> = {
  "24h": { hours: 24, stepMinutes: SAMPLE_MINUTES },
  "7d": { hours: 7 * 24, stepMinutes: 60 },
  "30d": { hours: 30 * 24, stepMinutes: 240 },
};
/** Days of the calendar of uptime: the page's own and the most that can be asked for. */
export const CALENDAR_DAYS = { default: 30, max: HISTORY_DAYS } as const;

/** Orders of the list of a network's validators: by stake, the bonded first, or by name. */
export const VALIDATOR_ORDERS = ["-stake", "stake", "name", "-name"] as const;
export type ValidatorOrder = (typeof VALIDATOR_ORDERS)[number];
/** Which validators of a network a list shows. */
export const VALIDATOR_FILTERS = ["bonded", "unbonding", "unbonded", "jailed", "tombstoned"] as const;
export type ValidatorFilter = (typeof VALIDATOR_FILTERS)[number];

/** How any validator of a chain stands by the chain's word alone, in words for lists, pickers and the palette alike. */
export const VALIDATOR_WORDS: Readonly<Record<ValidatorFilter, string>> = {
  bonded: "In the set",
  unbonding: "Unbonding",
  unbonded: "Unbonded",
  jailed: "Jailed",
  tombstoned: "Tombstoned",
};

/** How far back a network that is followed for the first time is read. */
export const BACKFILL_BLOCKS = 10_000;

/** Blocks that one recording may carry. */
export const RECORD_BATCH_BLOCKS = 200;

/** Channel that is told `{ networkId, heightBlocks }` after each recording; for live grids. */
export const CHAIN_CHANNEL = "omniphi_chain";

/** Steps of bringing a signed transaction to the chain, and the chain's answer back. */
export const TRANSACTION_STEPS = [
  { id: "send", title: "Send", sentence: "Handing the signed transaction to the chain.", percentWhenDone: 30 },
  {
    id: "look",
    title: "Wait for a block",
    sentence: "Looking for the transaction in the blocks.",
    percentWhenDone: 80,
  },
  { id: "record", title: "Record", sentence: "Recording what the chain made of it.", percentWhenDone: 100 },
] as const satisfies readonly StepWords[];
