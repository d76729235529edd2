import type { Database } from "@/db/client";
import type { Logger } from "@/server/kernel/logger";
import { type ClaimedEvent, claimUnsentEvents, markEventsFailed, markEventsSent } from "@/server/kernel/outbox";

/** An event that failed alone this often, while the one behind it is taken, is itself the reason. */
const REFUSED_AFTER_TRIES = 6;

export type SendEvents = (events: readonly ClaimedEvent[]) => Promise<void>;

type Pass = { readonly db: Database; readonly logger: Logger; readonly send: SendEvents };
export type PassResult =
  | { readonly kind: "sent" | "held-back"; readonly count: number }
  | { readonly kind: "failed"; readonly count: number; readonly reason: string };

/**
 * Sends the oldest waiting events, at most `limit`, in the order in which they were said. One that the engine alone will not take is set aside
 * for a while with its reason, so that it does not hold up the rest.
 */
export async function relayPass(pass: Pass, limit: number): Promise<PassResult> {
  const events = await claimUnsentEvents(pass.db, limit);
  const problem = await trySend(pass, events);
  if (problem === null) return { kind: "sent", count: events.length };
  const [alone] = events;
  if (events.length === 1 && alone && alone.attempts >= REFUSED_AFTER_TRIES && (await isNextTaken(pass))) {
    await markEventsFailed(pass.db, [alone.id], { error: problem, isHeldBack: true });
    pass.logger.error({ eventId: alone.id, eventName: alone.name, reason: problem }, "outbox.event.refused");
    return { kind: "held-back", count: 1 };
  }
  await markEventsFailed(pass.db, idsOf(events), { error: problem, isHeldBack: false });
  return { kind: "failed", count: events.length, reason: problem };
}

/** Sends one event beside those that are taken already; says whether the engine took it. */
async function isNextTaken(pass: Pass): Promise<boolean> {
  const next = await claimUnsentEvents(pass.db, 1);
  if (next.length === 0) return false;
  const problem = await trySend(pass, next);
  if (problem !== null) await markEventsFailed(pass.db, idsOf(next), { error: problem, isHeldBack: false });
  return problem === null;
}

/** Null when the engine has them, else why not. */
async function trySend({ db, logger, send }: Pass, events: readonly ClaimedEvent[]): Promise<string | null> {
  if (events.length === 0) return null;
  try {
    await send(events);
  } catch (thrown) {
    logger.warn({ err: thrown, count: events.length }, "outbox.relay.failed");
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
  await markEventsSent(db, idsOf(events));
  return null;
}

const idsOf = (events: readonly ClaimedEvent[]): string[] => events.map(({ id }) => id);
