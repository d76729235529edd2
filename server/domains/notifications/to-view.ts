import type { ChannelRow, DeliveryRow, NotificationRow } from "./repository";
import type { Channel, Delivery } from "./schemas";

export const toChannel = (row: ChannelRow, last: DeliveryRow | undefined): Channel => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  status: row.status,
  maskedTarget: row.maskedTarget,
  minSeverity: row.minSeverity,
  quietHours: row.quietHours,
  isPaused: row.isPaused,
  lastDelivery: last ? { status: last.status, at: last.updatedAt.toISOString(), result: last.lastResult } : null,
  createdAt: row.createdAt.toISOString(),
});

export const toDelivery = (facts: {
  readonly delivery: DeliveryRow;
  readonly notification: NotificationRow;
  readonly channel: ChannelRow;
}): Delivery => {
  const { delivery, notification, channel } = facts;
  return {
    id: delivery.id,
    channelId: channel.id,
    channelName: channel.name,
    channelKind: channel.kind,
    title: notification.title,
    severity: notification.severity,
    phase: notification.phase,
    status: delivery.status,
    isTest: delivery.isTest,
    attempts: delivery.attempts,
    lastResult: delivery.lastResult,
    tries: [...delivery.tries],
    nextTryAt: delivery.nextTryAt?.toISOString() ?? null,
    deliveredAt: delivery.deliveredAt?.toISOString() ?? null,
    createdAt: delivery.createdAt.toISOString(),
  };
};
