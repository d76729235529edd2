import "server-only";
import { and, asc, desc, eq, gt, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { provisioningEvents } from "@/db/schema/validators";
import { type OrganizationFilter, owned } from "@/server/kernel/owned";

export type EventRow = typeof provisioningEvents.$inferSelect;

export const insertEvent = (tx: Transaction, row: typeof provisioningEvents.$inferInsert) =>
  tx.insert(provisioningEvents).values(row);

/** Tells a Postgres channel when, and only when, the transaction commits. */
export const notifyChannel = (tx: Transaction, channel: string, payload: string) =>
  tx.execute(sql`select pg_notify(${channel}, ${payload})`);

/** Events of one request in order, after a sequence. */
export const listEvents = (
  db: Executor,
  organizationId: OrganizationFilter,
  setupRequestId: string,
  after: number,
  limit: number,
): Promise<EventRow[]> =>
  db
    .select()
    .from(provisioningEvents)
    .where(
      and(
        owned(provisioningEvents.organizationId, organizationId),
        eq(provisioningEvents.setupRequestId, setupRequestId),
        gt(provisioningEvents.sequence, after),
      ),
    )
    .orderBy(asc(provisioningEvents.sequence))
    .limit(limit);

/** The newest lines of one request's story, oldest first. */
export async function listNewestEvents(
  db: Executor,
  organizationId: OrganizationFilter,
  setupRequestId: string,
  count: number,
): Promise<EventRow[]> {
  const newestFirst = await db
    .select()
    .from(provisioningEvents)
    .where(
      and(
        owned(provisioningEvents.organizationId, organizationId),
        eq(provisioningEvents.setupRequestId, setupRequestId),
      ),
    )
    .orderBy(desc(provisioningEvents.sequence))
    .limit(count);
  return newestFirst.reverse();
}

/** Whether the request's story has a line with these details. */
export async function hasEventWith(
  db: Executor,
  setupRequestId: string,
  details: Readonly<Record<string, string>>,
): Promise<boolean> {
  const [row] = await db
    .select({ sequence: provisioningEvents.sequence })
    .from(provisioningEvents)
    .where(
      and(
        eq(provisioningEvents.setupRequestId, setupRequestId),
        sql`${provisioningEvents.details} @> ${JSON.stringify(details)}::jsonb`,
      ),
    )
    .limit(1);
  return row !== undefined;
}
