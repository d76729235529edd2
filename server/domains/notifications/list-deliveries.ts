import { move } from "@/server/kernel/machine";
import { decodeCursor, pageOf } from "@/server/kernel/pagination";
import { defineCommand, defineQuery } from "@/server/kernel/verbs";
import { channelNotFound, deliveryNotFound, testNotResent } from "./errors";
import { deliveryRequested } from "./events";
import { deliveryMachine } from "./machines";
import { findChannel, findDelivery, listDeliveryRows, lockDelivery } from "./repository";
import { Delivery, DeliveryPage, DeliveryRef, ListDeliveriesInput } from "./schemas";
import { toDelivery } from "./to-view";

/** What was sent to the organisation's channels and what came of it, newest first. @throws not_found notifications.channel_not_found */
export const listDeliveries = defineQuery({
  verb: "notifications.list-deliveries",
  scope: "notifications:read",
  tenancy: "organization",
  input: ListDeliveriesInput,
  output: DeliveryPage,
  run: async (ctx, { limit, cursor, ...filter }) => {
    const { channelId } = filter;
    if (channelId !== undefined && !(await findChannel(ctx.db, ctx.organizationId, channelId)))
      throw channelNotFound(channelId);
    const rows = await listDeliveryRows(ctx.db, ctx.organizationId, {
      ...filter,
      limit: limit + 1,
      after: decodeCursor(cursor),
    });
    return pageOf(
      rows,
      limit,
      ({ delivery }) => ({ sort: delivery.createdAt.toISOString(), id: delivery.id }),
      toDelivery,
    );
  },
});

/** Sends again what was given up, with all its tries. @throws not_found notifications.delivery_not_found, invalid_state notifications.invalid_delivery_transition, notifications.test_not_resent */
export const resendDelivery = defineCommand({
  verb: "notifications.resend-delivery",
  scope: "notifications:write",
  tenancy: "organization",
  input: DeliveryRef,
  output: Delivery,
  run: async (ctx, { deliveryId }) => {
    const row = await lockDelivery(ctx.tx, ctx.organizationId, deliveryId);
    if (!row) throw deliveryNotFound(deliveryId);
    if (row.isTest) throw testNotResent();
    await move(ctx, deliveryMachine, row, "waiting", { patch: { attempts: 0, nextTryAt: ctx.now } });
    await ctx.emit(deliveryRequested, { deliveryId, organizationId: ctx.organizationId });
    const facts = await findDelivery(ctx.tx, ctx.organizationId, deliveryId);
    if (!facts) throw deliveryNotFound(deliveryId);
    return toDelivery(facts);
  },
});
