import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "@/db/client";
import type { Logger } from "@/server/kernel/logger";
import type { Notifications } from "@/server/kernel/notifications";
import { freeClaims, OUTBOX_CHANNEL, outboxBacklog } from "@/server/kernel/outbox";
import { takeAdvisoryLock } from "@/server/runtime/advisory-lock";
import type { ProcessHealth } from "@/server/runtime/run-process";
import { type Bell, hangBell } from "./bell";
import { relayPass, type SendEvents } from "./relay-pass";

export type RelayPace = {
  /** How long a lost notification can cost. */
  readonly pollMs: number;
  /** How often a relay that stands by asks for the lock. */
  readonly standbyMs: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
};
const RELAY_PACE: RelayPace = { pollMs: 2_000, standbyMs: 1_000, firstPauseMs: 250, longestPauseMs: 15_000 };
const BATCH = 100;

/** What a relay knows of itself, for its heartbeat and metrics. */
export type RelayState = {
  isActive: boolean;
  sentCount: number;
  failedCount: number;
  refusedCount: number;
  /** Why the engine took nothing at the last try; null when it did. */
  trouble: string | null;
  backlog: { readonly count: number; readonly oldestAgeSeconds: number | null };
};
export const newRelayState = (): RelayState => ({
  isActive: false,
  sentCount: 0,
  failedCount: 0,
  refusedCount: 0,
  trouble: null,
  backlog: { count: 0, oldestAgeSeconds: null },
});

type RelaySettings = {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly notifications: Notifications;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly send: SendEvents;
  readonly state: RelayState;
  readonly pace?: RelayPace;
};

/**
 * Sends what is in the outbox until the signal: at once when a commit rings, every two seconds besides. One relay of a database is active, since
 * two would overtake each other in the middle of a transaction's events. Survives a lost database and an engine that is away.
 */
export async function runRelay(settings: RelaySettings): Promise<void> {
  const { databaseUrl, logger, signal, state } = settings;
  const pace = settings.pace ?? RELAY_PACE;
  while (!signal.aborted) {
    try {
      const lock = await takeAdvisoryLock(databaseUrl, { name: "outbox-relay", applicationName: "omniphi-relay-lock" });
      if (lock) {
        try {
          state.isActive = true;
          await relayUntil(settings, AbortSignal.any([signal, lock.lost]), pace);
        } finally {
          state.isActive = false;
          await lock.release();
        }
      }
    } catch (thrown) {
      logger.error({ err: thrown }, "outbox.relay.interrupted");
    }
    await rest(pace.standbyMs, signal);
  }
}

async function relayUntil(settings: RelaySettings, signal: AbortSignal, pace: RelayPace): Promise<void> {
  const { db, notifications, state } = settings;
  await freeClaims(db);
  const bell = hangBell(notifications, OUTBOX_CHANNEL);
  try {
    await relayLoop(settings, bell, signal, pace);
  } finally {
    state.trouble = null;
    bell.takeDown();
  }
}

async function relayLoop(settings: RelaySettings, bell: Bell, signal: AbortSignal, pace: RelayPace): Promise<void> {
  const { db, state } = settings;
  let pauseMs = pace.firstPauseMs;
  let limit = BATCH;
  while (!signal.aborted) {
    bell.reset();
    const result = await relayPass(settings, limit);
    if (result.kind === "failed") {
      state.failedCount += result.count;
      state.trouble = result.reason;
      // Half of it next time: what is refused for one event's sake is found in a few tries.
      limit = Math.max(1, Math.floor(result.count / 2));
      state.backlog = await outboxBacklog(db);
      await rest(pauseMs, signal);
      pauseMs = Math.min(pauseMs * 2, pace.longestPauseMs);
      continue;
    }
    if (result.kind === "sent") state.sentCount += result.count;
    else state.refusedCount += 1;
    state.trouble = null;
    pauseMs = pace.firstPauseMs;
    const isMoreWaiting = result.kind === "held-back" || result.count === limit;
    limit = BATCH;
    if (isMoreWaiting) continue;
    state.backlog = await outboxBacklog(db);
    await bell.rung(pace.pollMs, signal);
  }
}

/** What the heartbeat says; a relay that stands by leaves the word to the active one. */
export function relayHealth({ isActive, trouble, backlog }: RelayState): ProcessHealth {
  if (!isActive) return null;
  if (trouble === null) return { status: "ok", reason: null };
  const waitedSeconds = Math.round(backlog.oldestAgeSeconds ?? 0);
  const reason = `The job engine takes no events: ${backlog.count} wait, the oldest for ${waitedSeconds} s.`;
  return { status: "degraded", reason, details: { trouble: trouble.slice(0, 300) } };
}

export const relayMetrics = (state: RelayState): Readonly<Record<string, number>> => ({
  sentEvents: state.sentCount,
  failedSends: state.failedCount,
  refusedEvents: state.refusedCount,
});

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {});
}
