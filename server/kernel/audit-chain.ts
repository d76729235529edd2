import "server-only";
import { and, asc, desc, eq, gt, gte, lt, lte, type SQL, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { auditEvents, auditHeads } from "@/db/schema/system";
import { auditHash, GENESIS_HASH, type HashedAuditRow } from "./audit";
import type { Cursor } from "./pagination";

export type AuditRow = typeof auditEvents.$inferSelect;
type Head = { readonly chainKey: string; readonly sequence: number; readonly hash: string };

/** Why a chain is not what was written; in the order in which it is looked for at each row. */
export type AuditFault =
  | "sequence_gap"
  | "previous_hash_mismatch"
  | "hash_mismatch"
  | "anchor_mismatch"
  | "head_mismatch";

export type AuditWalk = {
  readonly rowCount: number;
  readonly anchorsChecked: number;
  /** Hash of the last row that agrees; of an empty chain, the one that stands before the first row. */
  readonly lastHash: string;
  /** The first row that contradicts the chain; `id` is null where a row is missing. */
  readonly fault: { readonly reason: AuditFault; readonly sequence: number; readonly id: string | null } | null;
};

const PAGE_ROWS = 1_000;

const hashedFields = (row: AuditRow): HashedAuditRow => ({
  id: row.id,
  chainKey: row.chainKey,
  sequence: row.sequence,
  occurredAt: row.occurredAt.toISOString(),
  actor: row.actor,
  action: row.action,
  targetType: row.targetType,
  targetId: row.targetId,
  requestId: row.requestId,
  ipAddress: row.ipAddress,
  details: row.details,
});

/** The first fault of a row that should follow `previous`; null when it does. */
function faultOfRow(row: AuditRow, previous: { sequence: number; hash: string }): AuditFault | null {
  if (row.sequence !== previous.sequence + 1) return "sequence_gap";
  if (row.previousHash !== previous.hash) return "previous_hash_mismatch";
  // The organisation stands beside the chain key for its index; it says the same or it was changed.
  const isOwn = row.organizationId === (row.chainKey === "platform" ? null : row.chainKey);
  return isOwn && auditHash(row.previousHash, hashedFields(row)) === row.hash ? null : "hash_mismatch";
}

async function findHead(db: Executor, chainKey: string): Promise<Head | undefined> {
  const [head] = await db.select().from(auditHeads).where(eq(auditHeads.chainKey, chainKey));
  return head;
}

/** A row behind the newest head, seen in one snapshot with it: nobody writes such a row without moving the head. */
async function findRowBehindHead(db: Executor, chainKey: string) {
  const [row] = await db
    .select({ id: auditEvents.id, sequence: auditEvents.sequence })
    .from(auditEvents)
    .leftJoin(auditHeads, eq(auditHeads.chainKey, auditEvents.chainKey))
    .where(and(eq(auditEvents.chainKey, chainKey), sql`${auditEvents.sequence} > coalesce(${auditHeads.sequence}, 0)`))
    .orderBy(asc(auditEvents.sequence))
    .limit(1);
  return row;
}

/**
 * Recomputes a chain from its first row, page by page, and compares it with its head and with heads anchored outside the database. Rows that are
 * written meanwhile are left to the next walk.
 */
export async function walkAuditChain(db: Executor, chainKey: string, anchors: readonly Head[]): Promise<AuditWalk> {
  const head = await findHead(db, chainKey);
  const anchorsAt = new Map<number, Head[]>();
  for (const anchor of anchors) anchorsAt.set(anchor.sequence, [...(anchorsAt.get(anchor.sequence) ?? []), anchor]);
  let anchorsChecked = 0;
  let previous = { sequence: 0, hash: GENESIS_HASH };
  const stop = (reason: AuditFault, sequence: number, id: string | null): AuditWalk => ({
    rowCount: previous.sequence,
    anchorsChecked,
    lastHash: previous.hash,
    fault: { reason, sequence, id },
  });
  const last = head?.sequence ?? 0;
  while (previous.sequence < last) {
    const rows = await db
      .select()
      .from(auditEvents)
      .where(
        and(
          eq(auditEvents.chainKey, chainKey),
          gt(auditEvents.sequence, previous.sequence),
          lte(auditEvents.sequence, last),
        ),
      )
      .orderBy(asc(auditEvents.sequence))
      .limit(PAGE_ROWS);
    if (rows.length === 0) return stop("sequence_gap", previous.sequence + 1, null);
    for (const row of rows) {
      const fault = faultOfRow(row, previous);
      if (fault === "sequence_gap") return stop(fault, previous.sequence + 1, null);
      if (fault) return stop(fault, row.sequence, row.id);
      for (const anchor of anchorsAt.get(row.sequence) ?? []) {
        anchorsChecked += 1;
        if (anchor.hash !== row.hash) return stop("anchor_mismatch", row.sequence, row.id);
      }
      previous = { sequence: row.sequence, hash: row.hash };
    }
  }
  if (head && head.hash !== previous.hash) return stop("head_mismatch", previous.sequence, null);
  const behind = await findRowBehindHead(db, chainKey);
  if (behind) return stop("head_mismatch", behind.sequence, behind.id);
  const beyond = anchors.find((anchor) => anchor.sequence > last);
  // An anchor may be newer than the head that this walk began with, never newer than the head of now.
  const now = beyond ? ((await findHead(db, chainKey))?.sequence ?? 0) : last;
  const lost = anchors.find((anchor) => anchor.sequence > now);
  if (lost) return stop("anchor_mismatch", last + 1, null);
  return { rowCount: previous.sequence, anchorsChecked, lastHash: previous.hash, fault: null };
}

/** Heads of all chains, by key. */
export const listAuditHeads = (db: Executor): Promise<Head[]> =>
  db
    .select({ chainKey: auditHeads.chainKey, sequence: auditHeads.sequence, hash: auditHeads.hash })
    .from(auditHeads)
    .orderBy(asc(auditHeads.chainKey));

export type AuditFilter = {
  readonly chainKey?: string | undefined;
  /** An action or the beginning of some, e.g. `identity.session`. */
  readonly action?: string | undefined;
  readonly actor?: string | undefined;
  readonly targetId?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
};

/** Rows of one chain or of all, newest first. */
export function listAuditRows(
  db: Executor,
  filter: AuditFilter,
  cursor: Cursor | undefined,
  limit: number,
): Promise<AuditRow[]> {
  const conditions: (SQL | undefined)[] = [
    filter.chainKey === undefined ? undefined : eq(auditEvents.chainKey, filter.chainKey),
    filter.action === undefined ? undefined : sql`starts_with(${auditEvents.action}, ${filter.action})`,
    filter.actor === undefined ? undefined : eq(auditEvents.actor, filter.actor),
    filter.targetId === undefined ? undefined : eq(auditEvents.targetId, filter.targetId),
    filter.since === undefined ? undefined : gte(auditEvents.occurredAt, new Date(filter.since)),
    filter.until === undefined ? undefined : lt(auditEvents.occurredAt, new Date(filter.until)),
    cursor
      ? sql`(${auditEvents.occurredAt}, ${auditEvents.id}) < (${cursor.sort}::timestamptz, ${cursor.id})`
      : undefined,
  ];
  return db
    .select()
    .from(auditEvents)
    .where(and(...conditions))
    .orderBy(desc(auditEvents.occurredAt), desc(auditEvents.id))
    .limit(limit);
}
