import { notificationChannels, notificationDeliveries } from "@/db/schema/notifications";
import { machine } from "@/server/kernel/machine";
import { CHANNEL_MOVES, DELIVERY_MOVES } from "./states";

export const channelMachine = machine({
  table: notificationChannels,
  column: "status",
  movedAtColumn: "updatedAt",
  moves: CHANNEL_MOVES,
  refusal: { code: "notifications.invalid_transition", subject: "The channel" },
  audit: ({ from, to, row }) => ({
    action: `notifications.channel.${to}`,
    targetType: "channel",
    targetId: row.id,
    organizationId: row.organizationId,
    details: { from, to },
  }),
});

/** A message that arrived is what was wanted; one that did not is for somebody to know. */
export const deliveryMachine = machine({
  table: notificationDeliveries,
  column: "status",
  reasonColumn: "statusReason",
  movedAtColumn: "updatedAt",
  moves: DELIVERY_MOVES,
  refusal: { code: "notifications.invalid_delivery_transition", subject: "The delivery" },
  audit: ({ from, to, reason, row }) =>
    to === "delivered"
      ? null
      : {
          action: to === "dead" ? "notifications.delivery.dead" : "notifications.delivery.sent_again",
          targetType: "delivery",
          targetId: row.id,
          organizationId: row.organizationId,
          details: { from, to, channelId: row.channelId, ...(reason === null ? {} : { reason }) },
        },
});
