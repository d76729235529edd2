import type { ValidatorFacts } from "@/server/domains/chain/mirror/schemas";
import {
  CHAIN_SILENT_AFTER_BLOCKS,
  CHAIN_SILENT_AFTER_SECONDS,
  CHAIN_STALE_AFTER_SECONDS,
  type ChainStanding,
  NODE_STALE_AFTER_SECONDS,
  type NodeStanding,
  type NodeStatus,
  type SetupStatus,
} from "./constants";
import type { ValidatorStanding } from "./schemas";
import { hasBeenOnChain } from "./states";

/*
 * The rule: until the chain has the validator, its setup is how it stands. Then the chain speaks before the node and the worst word wins:
 * tombstoned, gone, jailed, unbonded, unbonding, missing, signing. What was not read lately is unknown, with what was known last; except what is
 * for ever (tombstoned, ended). Missing is about now: the newest block that asked for its signature did not get it.
 */

export type StandingFacts = {
  readonly setup: {
    readonly status: SetupStatus;
    readonly consensusPubkey: string | null;
    readonly provisioningCompletedAt: Date | null;
    readonly failedAt: Date | null;
    readonly cancelledAt: Date | null;
    readonly endedAt: Date | null;
  };
  readonly node: {
    readonly status: NodeStatus;
    readonly operation: string | null;
    readonly lastSeenAt: Date | null;
  } | null;
  /** What was recorded of the chain; null where nothing was asked of it. */
  readonly chain: ValidatorFacts | null;
};

/** How the validator stands at that moment. */
export function standingOf(facts: StandingFacts, now: Date): ValidatorStanding {
  const { setup, chain } = facts;
  const base = { ...NOTHING_KNOWN, nodeState: nodeStandingOf(facts.node, now) };
  if (!hasBeenOnChain(setup.status)) {
    return { ...base, state: setup.status, since: iso(setupSince(setup)) };
  }
  const seen = chain?.seen ?? null;
  const known = knownOf(facts, now);
  const shown = {
    ...base,
    jail: seen !== null && (known.state === "jailed" || known.state === "tombstoned") ? jailOf(seen, now) : null,
    unbondsAt: known.state === "unbonding" ? iso(seen?.unbondsAt ?? null) : null,
    blocks: known.state === "signing" || known.state === "missing" ? blocksOf(chain) : null,
    misses: isOver(known.state) ? null : (chain?.misses ?? null),
    tokensBaseUnits: known.state === "gone" ? null : (seen?.tokensBaseUnits.toString() ?? null),
  };
  const stale = staleSince(known.state, chain, now);
  if (stale === null) return { ...shown, state: known.state, since: iso(known.since) };
  return {
    ...shown,
    state: "unknown",
    since: null,
    lastKnown: known.state === "unknown" ? null : { state: known.state, at: stale.toISOString() },
  };
}

const NOTHING_KNOWN = {
  jail: null,
  unbondsAt: null,
  blocks: null,
  misses: null,
  tokensBaseUnits: null,
  lastKnown: null,
} as const;

type Known = { readonly state: ChainStanding; readonly since: Date | null };
type Seen = NonNullable<ValidatorFacts["seen"]>;

/** The chain will never again have it sign, whoever looks and whenever. */
const isOver = (state: ChainStanding): boolean => state === "tombstoned" || state === "gone";

/** What the records say, however old they are. */
function knownOf({ setup, chain }: StandingFacts, now: Date): Known {
  const seen = chain?.seen ?? null;
  const isOurs = seen !== null && seen.consensusPubkeyBase64 === setup.consensusPubkey;
  if (seen?.tombstoned && isOurs) return { state: "tombstoned", since: seen.jailedSince };
  if (setup.status === "ended") return { state: "gone", since: setup.endedAt };
  if (seen === null) return { state: "unknown", since: null };
  // The operator may come back with another key: that is another validator.
  if (seen.removedAt !== null || !isOurs) return { state: "gone", since: seen.removedAt };
  if (seen.jailed) return { state: "jailed", since: seen.jailedSince };
  if (seen.status === "unbonded") return { state: "unbonded", since: null };
  if (seen.status === "unbonding") {
    // The chain moves it on at the end of a block after this moment.
    const isDone = seen.unbondsAt !== null && seen.unbondsAt < now;
    return { state: isDone ? "unbonded" : "unbonding", since: null };
  }
  const run = chain?.signing?.run ?? null;
  if (run === null) return { state: "unknown", since: null };
  return { state: run.isMissed ? "missing" : "signing", since: run.since };
}

/** Since when nothing newer was read of what the state rests on; null while it is fresh enough. */
function staleSince(state: ChainStanding, chain: ValidatorFacts | null, now: Date): Date | null {
  if (isOver(state)) return null;
  const lookedAt = chain?.lookedAt ?? null;
  if (lookedAt === null) return now;
  if (ageMs(lookedAt, now) > CHAIN_STALE_AFTER_SECONDS * 1_000) return lookedAt;
  if (state !== "signing" && state !== "missing") return state === "unknown" ? now : null;
  const newestAt = chain?.signing?.newestAt ?? null;
  const silentAfterMs = Math.max(
    CHAIN_SILENT_AFTER_SECONDS * 1_000,
    CHAIN_SILENT_AFTER_BLOCKS * (chain?.signing?.averageBlockMs ?? 0),
  );
  return newestAt !== null && ageMs(newestAt, now) > silentAfterMs ? newestAt : null;
}

function jailOf(seen: Seen, now: Date): ValidatorStanding["jail"] {
  const { tombstoned, jailedUntil } = seen;
  if (tombstoned) return { until: null, cause: "double_sign", mayUnjail: false };
  return {
    until: iso(jailedUntil),
    cause: seen.jailCause ?? "unknown",
    mayUnjail: jailedUntil === null || jailedUntil <= now,
  };
}

function blocksOf(chain: ValidatorFacts | null): ValidatorStanding["blocks"] {
  if (!chain?.signing) return null;
  const { asked, missed, run } = chain.signing;
  return { asked, missed, missedInRow: run?.isMissed ? run.blocks : 0 };
}

function setupSince({ status, provisioningCompletedAt, failedAt, cancelledAt }: StandingFacts["setup"]): Date | null {
  if (status === "failed") return failedAt;
  if (status === "cancelled") return cancelledAt;
  return status === "ready_for_chain_tx" ? provisioningCompletedAt : null;
}

const OF_NODE: Record<NodeStatus, NodeStanding> = {
  // It runs and does not answer yet, or its lag cannot be told.
  starting: "unknown",
  running: "unknown",
  syncing: "behind",
  synced: "synced",
  stopped: "stopped",
  error: "down",
  terminated: "removed",
};

/** How the node stands; what was said of a running one longer ago than {@link NODE_STALE_AFTER_SECONDS} is not how it stands now. */
function nodeStandingOf(node: StandingFacts["node"], now: Date): NodeStanding {
  if (node === null) return "none";
  if (node.status === "terminated") return "removed";
  if (node.operation !== null) return "at_work";
  const isStale = node.lastSeenAt === null || ageMs(node.lastSeenAt, now) > NODE_STALE_AFTER_SECONDS * 1_000;
  // What was stopped or fell over stays so until somebody acts; what ran may have ended since.
  if (isStale && (node.status === "synced" || node.status === "syncing")) return "unknown";
  return OF_NODE[node.status];
}

const ageMs = (at: Date, now: Date): number => now.getTime() - at.getTime();
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
