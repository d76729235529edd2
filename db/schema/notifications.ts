import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgEnum, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { CHANNEL_STATUSES, DELIVERY_STATUSES } from "../states/notifications";
import { id, instant, timestamps } from "./columns";

export const channelStatus = pgEnum("notifications_channel_status", CHANNEL_STATUSES);
export const deliveryStatus = pgEnum("notifications_delivery_status", DELIVERY_STATUSES);

/** One row is one way by which an organisation is told; where it leads is sealed. */
export const notificationChannels = pgTable(
  "notification_channels",
  {
    id: id(),
    organizationId: text().notNull(),
    name: text().notNull(),
    kind: text().$type<"email" | "slack" | "discord" | "telegram" | "webhook" | "pagerduty">().notNull(),
    status: channelStatus().notNull(),
    /** Address and secrets, sealed; null once the channel is removed. */
    sealedConfig: text(),
    /** What may be shown of it. */
    maskedTarget: text().notNull(),
    /** Less severe messages are not sent to it. */
    minSeverity: text().$type<"info" | "warning" | "error" | "critical">().notNull(),
    /** Local times `HH:MM` between which only critical messages pass; null for none. */
    quietHours: jsonb().$type<{ readonly from: string; readonly to: string; readonly timeZone: string }>(),
    isPaused: boolean().notNull().default(false),
    verifiedAt: instant(),
    ...timestamps(),
  },
  (table) => [index("notification_channels_organization_idx").on(table.organizationId, table.createdAt, table.id)],
);

/** One row is one thing that an organisation is told, whoever hears it. */
export const notifications = pgTable(
  "notifications",
  {
    id: id(),
    organizationId: text().notNull(),
    /** The sender's own name of it: told once, however often it is asked for. */
    key: text().notNull(),
    /** What belongs together, as a pager groups it: the firing and the end of one alert. */
    threadKey: text().notNull(),
    /** `domain.matter`, e.g. `monitoring.alert`. */
    topic: text().notNull(),
    severity: text().$type<"info" | "warning" | "error" | "critical">().notNull(),
    phase: text().$type<"firing" | "resolved" | "note">().notNull(),
    title: text().notNull(),
    body: text().notNull(),
    /** Paths within the installation. */
    links: jsonb().$type<readonly { readonly label: string; readonly path: string }[]>().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex("notifications_key_uq").on(table.organizationId, table.key),
    index("notifications_created_idx").on(table.createdAt),
  ],
);

/** One row is one message to one channel, with what came of each try. */
export const notificationDeliveries = pgTable(
  "notification_deliveries",
  {
    id: id(),
    organizationId: text().notNull(),
    notificationId: text()
      .notNull()
      .references(() => notifications.id, { onDelete: "cascade" }),
    channelId: text()
      .notNull()
      .references(() => notificationChannels.id),
    status: deliveryStatus().notNull(),
    /** Code of why it is dead; null otherwise. */
    statusReason: text(),
    /** Asked for by the test button: one try, and an unverified channel takes it too. */
    isTest: boolean().notNull(),
    attempts: integer().notNull().default(0),
    /** The newest tries. */
    tries: jsonb().$type<readonly { readonly at: string; readonly result: string }[]>().notNull().default([]),
    lastResult: text(),
    nextTryAt: instant(),
    deliveredAt: instant(),
    ...timestamps(),
  },
  (table) => [
    uniqueIndex("notification_deliveries_once_uq").on(table.notificationId, table.channelId),
    index("notification_deliveries_organization_idx").on(table.organizationId, table.createdAt, table.id),
    index("notification_deliveries_channel_idx").on(table.channelId, table.createdAt, table.id),
    index("notification_deliveries_waiting_idx").on(table.nextTryAt).where(sql`${table.status} = 'waiting'`),
    index("notification_deliveries_dead_idx").on(table.updatedAt).where(sql`${table.status} = 'dead'`),
  ],
);
