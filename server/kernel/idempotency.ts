import { and, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { idempotencyKeys } from "@/db/schema/system";
import { conflict } from "./errors";

/** A key of the caller under which the answer of the outermost verb is kept for 24 h. */
export type IdempotencyClaim = { readonly key: string; readonly requestHash: string };

/** A flow that was called with a key: the commands in it are parts of it, each done once. */
export type KeyedFlow = {
  readonly owner: string;
  readonly claim: IdempotencyClaim;
  /** How often each command was called so far; a repetition meets them in the same order. */
  readonly calls: Map<string, number>;
  /** Whether a part was committed: then the key stays with this request, also when the flow fails. */
  readonly progress: { hasPart: boolean };
};

/** One row of the table: a caller's key, or one part of what was done under it. */
export type KeyRow = {
  readonly owner: string;
  readonly key: string;
  readonly verb: string;
  readonly requestHash: string;
};

const TTL_HOURS = 24;
/** A flow whose process died is taken up again after this; one that lives says so three times as often. */
const LEASE_SECONDS = 9;
const POLL_MS = 100;
/** Below the deadline of a request, so that the second caller hears our reason and not the deadline's. */
const MAX_WAIT_MS = 20_000;

const at = ({ owner, key }: KeyRow) => and(eq(idempotencyKeys.owner, owner), eq(idempotencyKeys.key, key));
const inSeconds = (seconds: number) => sql`now() + interval '${sql.raw(String(seconds))} seconds'`;

/** The answer as the column keeps it; the wrapper tells an answer of null from none. */
type Kept = { readonly answer: unknown };
const wrap = (answer: unknown): Kept => JSON.parse(JSON.stringify({ answer: answer ?? null }));

const reused = () =>
  conflict("kernel.idempotency_key_reused", "This Idempotency-Key was used for another request. Send a new key.");
const stillRunning = () =>
  conflict(
    "kernel.idempotency_key_in_use",
    "The first request with this Idempotency-Key is still being answered. Send it again in a moment.",
  );

async function insertUnlessThere(db: Executor, row: KeyRow, leaseSeconds: number | null): Promise<boolean> {
  const expired = gt(inSeconds(-TTL_HOURS * 3_600), idempotencyKeys.createdAt);
  await db.delete(idempotencyKeys).where(and(at(row), expired));
  const inserted = await db
    .insert(idempotencyKeys)
    .values({ ...row, leasedUntil: leaseSeconds === null ? null : inSeconds(leaseSeconds) })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  return inserted.length > 0;
}

/**
 * Takes the key for this transaction, or returns what was kept under it. A second caller waits on the unique index until the first ends.
 * @throws conflict kernel.idempotency_key_reused
 */
export async function claimInTransaction(tx: Executor, row: KeyRow): Promise<Kept | undefined> {
  if (await insertUnlessThere(tx, row, null)) return undefined;
  const [kept] = await tx.select().from(idempotencyKeys).where(at(row));
  if (!kept || kept.verb !== row.verb || kept.requestHash !== row.requestHash) throw reused();
  // A flow's key that is still being answered is no command's to replay.
  if (!kept.result) throw stillRunning();
  return kept.result;
}

/** Keeps the result beside the rows that it speaks of. */
export const keepInTransaction = async (tx: Executor, row: KeyRow, answer: unknown): Promise<void> => {
  await tx
    .update(idempotencyKeys)
    .set({ result: wrap(answer) })
    .where(at(row));
};

/** The row of the next call of that command within the flow. A client's key has no spaces, so a part's key is never one of theirs. */
export function partOf(flow: KeyedFlow, verb: string): KeyRow {
  const call = (flow.calls.get(verb) ?? 0) + 1;
  flow.calls.set(verb, call);
  const { key, requestHash } = flow.claim;
  return { owner: flow.owner, key: `${key} ${verb} ${call}`, verb, requestHash };
}

/** Takes the key for a while, or returns its answer. Waits for a first caller that is alive, and takes over from one that is not. */
async function takeLease(db: Executor, row: KeyRow): Promise<Kept | undefined> {
  const giveUpAtMs = performance.now() + MAX_WAIT_MS;
  for (;;) {
    if (await insertUnlessThere(db, row, LEASE_SECONDS)) return undefined;
    const [found] = await db.select().from(idempotencyKeys).where(at(row));
    if (found && (found.verb !== row.verb || found.requestHash !== row.requestHash)) throw reused();
    if (found?.result) return found.result;
    const isFree = or(isNull(idempotencyKeys.leasedUntil), lt(idempotencyKeys.leasedUntil, sql`now()`));
    const taken = await db
      .update(idempotencyKeys)
      .set({ leasedUntil: inSeconds(LEASE_SECONDS) })
      .where(and(at(row), isNull(idempotencyKeys.result), isFree))
      .returning({ key: idempotencyKeys.key });
    if (taken.length > 0) return undefined;
    if (performance.now() > giveUpAtMs) throw stillRunning();
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/**
 * Runs a flow once for a key. A repetition gets the whole answer; one that comes while the first runs waits for it; after a crash it goes through
 * the flow again, and the commands that were committed answer as they did. A failed flow gives the key back unless a part of it was committed.
 * @throws conflict kernel.idempotency_key_reused, conflict kernel.idempotency_key_in_use
 */
export async function onceByKey<Out>(
  db: Executor,
  row: KeyRow,
  keptOf: (out: Out) => unknown,
  run: (flow: KeyedFlow) => Promise<Out>,
): Promise<Out> {
  const kept = await takeLease(db, row);
  if (kept) return kept.answer as Out;
  const flow: KeyedFlow = { owner: row.owner, claim: row, calls: new Map(), progress: { hasPart: false } };
  const beat = setInterval(
    () => {
      const extended = db.update(idempotencyKeys).set({ leasedUntil: inSeconds(LEASE_SECONDS) });
      // A missed beat is made good by the next one; the parts are done once even when the lease is lost.
      extended.where(and(at(row), isNull(idempotencyKeys.result))).catch(() => undefined);
    },
    (LEASE_SECONDS * 1_000) / 3,
  );
  try {
    const out = await run(flow);
    await keepInTransaction(db, row, keptOf(out));
    return out;
  } catch (thrown) {
    const unanswered = and(at(row), isNull(idempotencyKeys.result));
    if (flow.progress.hasPart) await db.update(idempotencyKeys).set({ leasedUntil: null }).where(unanswered);
    else await db.delete(idempotencyKeys).where(unanswered);
    throw thrown;
  } finally {
    clearInterval(beat);
  }
}
