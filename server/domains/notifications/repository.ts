import "server-only";
import { and, asc, count, desc, eq, gt, gte, inArray, lt, lte, ne, or, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { notificationChannels, notificationDeliveries, notifications } from "@/db/schema/notifications";
import { lockInTransaction } from "@/server/kernel/lock-in-transaction";
import type { Patch } from "@/server/kernel/machine";
import { type OrganizationFilter, owned } from "@/server/kernel/owned";
import type { Cursor } from "@/server/kernel/pagination";
import { instantColumn, rowsInOrder } from "@/server/kernel/rows-in-order";

export type ChannelRow = typeof notificationChannels.$inferSelect;
export type NotificationRow = typeof notifications.$inferSelect;
export type DeliveryRow = typeof notificationDeliveries.$inferSelect;

export async function insertChannel(
  tx: Transaction,
  row: typeof notificationChannels.$inferInsert,
): Promise<ChannelRow> {
  const [inserted] = await tx.insert(notificationChannels).values(row).returning();
  if (!inserted) throw new Error("insert returned no row");
  return inserted;
}

/** Orders all who make a channel of the organisation, until the transaction ends. */
export const lockChannelCount = (tx: Transaction, organizationId: string) =>
  lockInTransaction(tx, `notifications.channels:${organizationId}`);

export async function countChannels(db: Executor, organizationId: string): Promise<number> {
  const [row] = await db
    .select({ channels: count() })
    .from(notificationChannels)
    .where(and(eq(notificationChannels.organizationId, organizationId), ne(notificationChannels.status, "removed")));
  return row?.channels ?? 0;
}

const channelIs = (organizationId: OrganizationFilter, id: string) =>
  and(owned(notificationChannels.organizationId, organizationId), eq(notificationChannels.id, id));

export async function findChannel(
  db: Executor,
  organizationId: OrganizationFilter,
  id: string,
): Promise<ChannelRow | undefined> {
  const [row] = await db.select().from(notificationChannels).where(channelIs(organizationId, id));
  return row;
}

export async function lockChannel(
  tx: Transaction,
  organizationId: OrganizationFilter,
  id: string,
): Promise<ChannelRow | undefined> {
  const [row] = await tx.select().from(notificationChannels).where(channelIs(organizationId, id)).for("no key update");
  return row;
}

export async function updateChannelRow(
  tx: Transaction,
  id: string,
  patch: Patch<typeof notificationChannels, "status">,
): Promise<ChannelRow> {
  const [row] = await tx.update(notificationChannels).set(patch).where(eq(notificationChannels.id, id)).returning();
  if (!row) throw new Error(`channel ${id} vanished under its lock`);
  return row;
}

/** Those that are not removed, newest first. */
export function listChannelRows(
  db: Executor,
  organizationId: string,
  { limit, after }: { readonly limit: number; readonly after: Cursor | undefined },
): Promise<ChannelRow[]> {
  const order = rowsInOrder({
    by: instantColumn(notificationChannels.createdAt),
    id: notificationChannels.id,
    isDescending: true,
    after,
  });
  return db
    .select()
    .from(notificationChannels)
    .where(
      and(
        eq(notificationChannels.organizationId, organizationId),
        ne(notificationChannels.status, "removed"),
        order.where,
      ),
    )
    .orderBy(...order.orderBy)
    .limit(limit);
}

/** Channels that are sent what comes, by id. */
export const listListeningChannels = (db: Executor, organizationId: string): Promise<ChannelRow[]> =>
  db
    .select()
    .from(notificationChannels)
    .where(
      and(
        eq(notificationChannels.organizationId, organizationId),
        eq(notificationChannels.status, "verified"),
        eq(notificationChannels.isPaused, false),
      ),
    )
    .orderBy(asc(notificationChannels.id));

/** The notification, unless its key was told already. */
export async function insertNotification(
  tx: Transaction,
  row: typeof notifications.$inferInsert,
): Promise<NotificationRow | undefined> {
  const [inserted] = await tx
    .insert(notifications)
    .values(row)
    .onConflictDoNothing({ target: [notifications.organizationId, notifications.key] })
    .returning();
  return inserted;
}

export const insertDeliveries = (tx: Transaction, rows: readonly (typeof notificationDeliveries.$inferInsert)[]) =>
  rows.length === 0
    ? Promise.resolve([])
    : tx
        .insert(notificationDeliveries)
        .values([...rows])
        .returning();

export async function lockDelivery(
  tx: Transaction,
  organizationId: OrganizationFilter,
  id: string,
): Promise<DeliveryRow | undefined> {
  const [row] = await tx
    .select()
    .from(notificationDeliveries)
    .where(and(owned(notificationDeliveries.organizationId, organizationId), eq(notificationDeliveries.id, id)))
    .for("no key update");
  return row;
}

export const updateDelivery = (tx: Transaction, id: string, patch: Patch<typeof notificationDeliveries, "status">) =>
  tx.update(notificationDeliveries).set(patch).where(eq(notificationDeliveries.id, id));

type DeliveryFacts = { delivery: DeliveryRow; notification: NotificationRow; channel: ChannelRow };

const deliveryFacts = (db: Executor) =>
  db
    .select({ delivery: notificationDeliveries, notification: notifications, channel: notificationChannels })
    .from(notificationDeliveries)
    .innerJoin(notifications, eq(notifications.id, notificationDeliveries.notificationId))
    .innerJoin(notificationChannels, eq(notificationChannels.id, notificationDeliveries.channelId));

export async function findDelivery(
  db: Executor,
  organizationId: OrganizationFilter,
  id: string,
): Promise<DeliveryFacts | undefined> {
  const [row] = await deliveryFacts(db).where(
    and(owned(notificationDeliveries.organizationId, organizationId), eq(notificationDeliveries.id, id)),
  );
  return row;
}

/** Newest first. */
export function listDeliveryRows(
  db: Executor,
  organizationId: string,
  filter: {
    readonly limit: number;
    readonly after: Cursor | undefined;
    readonly channelId?: string | undefined;
    readonly status?: DeliveryRow["status"] | undefined;
  },
): Promise<DeliveryFacts[]> {
  const order = rowsInOrder({
    by: instantColumn(notificationDeliveries.createdAt),
    id: notificationDeliveries.id,
    isDescending: true,
    after: filter.after,
  });
  return deliveryFacts(db)
    .where(
      and(
        eq(notificationDeliveries.organizationId, organizationId),
        filter.channelId === undefined ? undefined : eq(notificationDeliveries.channelId, filter.channelId),
        filter.status === undefined ? undefined : eq(notificationDeliveries.status, filter.status),
        order.where,
      ),
    )
    .orderBy(...order.orderBy)
    .limit(filter.limit);
}

/** The newest delivery of each channel. */
export const listLastDeliveries = (db: Executor, channelIds: readonly string[]): Promise<DeliveryRow[]> =>
  channelIds.length === 0
    ? Promise.resolve([])
    : db
        .selectDistinctOn([notificationDeliveries.channelId])
        .from(notificationDeliveries)
        .where(inArray(notificationDeliveries.channelId, [...channelIds]))
        .orderBy(
          notificationDeliveries.channelId,
          desc(notificationDeliveries.createdAt),
          desc(notificationDeliveries.id),
        );

/** Tests that the organisation sent by mail since then, also to channels that it has removed. */
export async function countMailTests(db: Executor, organizationId: string, since: Date): Promise<number> {
  const [row] = await db
    .select({ tests: count() })
    .from(notificationDeliveries)
    .innerJoin(notificationChannels, eq(notificationChannels.id, notificationDeliveries.channelId))
    .where(
      and(
        eq(notificationDeliveries.organizationId, organizationId),
        eq(notificationDeliveries.isTest, true),
        eq(notificationChannels.kind, "email"),
        gte(notificationDeliveries.createdAt, since),
      ),
    );
  return row?.tests ?? 0;
}

/** Since when the message that waits longest should have been tried; null where none is late. A test waits for whoever asked for it alone. */
export async function oldestDueAt(db: Executor, now: Date): Promise<Date | null> {
  const [row] = await db
    .select({ nextTryAt: notificationDeliveries.nextTryAt })
    .from(notificationDeliveries)
    .where(
      and(
        eq(notificationDeliveries.status, "waiting"),
        eq(notificationDeliveries.isTest, false),
        lt(notificationDeliveries.nextTryAt, now),
      ),
    )
    .orderBy(asc(notificationDeliveries.nextTryAt))
    .limit(1);
  return row?.nextTryAt ?? null;
}

/** Deliveries whose next try is due, by id, a page after an id; a test is among them when the process that was at it died. */
export const listDueDeliveries = (
  db: Executor,
  page: { readonly afterId: string; readonly limit: number },
): Promise<DeliveryRow[]> =>
  db
    .select()
    .from(notificationDeliveries)
    .where(
      and(
        eq(notificationDeliveries.status, "waiting"),
        lte(notificationDeliveries.nextTryAt, sql`now()`),
        gt(notificationDeliveries.id, page.afterId),
      ),
    )
    .orderBy(asc(notificationDeliveries.id))
    .limit(page.limit);

/** Forgets what was told before then, with its deliveries. */
export async function deleteNotificationsBefore(tx: Transaction, before: Date): Promise<number> {
  const gone = await tx
    .delete(notifications)
    .where(lt(notifications.createdAt, before))
    .returning({ id: notifications.id });
  return gone.length;
}

/** How many channels of all organisations are in each state. */
export const countChannelsByStatus = (db: Executor) =>
  db
    .select({ status: notificationChannels.status, channels: count() })
    .from(notificationChannels)
    .groupBy(notificationChannels.status);

/** Messages of all organisations that wait, since when the oldest does, and how many were given up since then. */
export async function countDeliveriesSince(db: Executor, since: Date) {
  const table = notificationDeliveries;
  const [row] = await db
    .select({
      waiting: sql<number>`(count(*) filter (where ${table.status} = 'waiting'))::int`,
      oldestWaitingAt: sql<Date | null>`min(${table.createdAt}) filter (where ${table.status} = 'waiting')`.mapWith(
        table.createdAt,
      ),
      dead: sql<number>`(count(*) filter (where ${table.status} = 'dead'))::int`,
    })
    .from(table)
    .where(or(eq(table.status, "waiting"), and(eq(table.status, "dead"), gt(table.updatedAt, since))));
  return row ?? { waiting: 0, oldestWaitingAt: null, dead: 0 };
}
