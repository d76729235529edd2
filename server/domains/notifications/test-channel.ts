import type { CommandCtx } from "@/server/kernel/context";
import { uuidv7 } from "@/server/kernel/ids";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { attemptDelivery, recordVerified } from "./attempt-delivery";
import { MAX_MAIL_TESTS_PER_DAY } from "./constants";
import { notificationsDomain } from "./domain";
import { channelNotFound, channelRemoved, nothingToConfirm, tooManyTests, wrongCode } from "./errors";
import {
  countMailTests,
  findChannel,
  findDelivery,
  insertDeliveries,
  insertNotification,
  lockChannel,
} from "./repository";
import { Channel, ChannelRef, ConfirmChannelInput, Delivery } from "./schemas";
import { openConfig } from "./sealed-config";
import { toChannel, toDelivery } from "./to-view";

const DAY_MS = 86_400_000;

const recordTest = defineChange(
  "notifications.record-test",
  async (ctx: CommandCtx, { channelId }: { readonly channelId: string }) => {
    const channel = await lockChannel(ctx.tx, ctx.organizationId, channelId);
    if (!channel) throw channelNotFound(channelId);
    if (channel.status === "removed") throw channelRemoved();
    const isProven = channel.status === "verified";
    // Whose address it is nobody knows yet: a stranger must not be written to at a member's pleasure, nor in a member's words.
    if (channel.kind === "email" && !isProven) {
      const since = new Date(ctx.now.getTime() - DAY_MS);
      if ((await countMailTests(ctx.tx, ctx.organizationId, since)) >= MAX_MAIL_TESTS_PER_DAY) throw tooManyTests();
    }
    const notification = await insertNotification(ctx.tx, {
      id: notificationsDomain.newId("notification"),
      organizationId: ctx.organizationId,
      key: `test:${uuidv7()}`,
      threadKey: `test:${channel.id}`,
      topic: "notifications.test",
      severity: "info",
      phase: "note",
      title: isProven ? `Test of the channel ${channel.name}` : "Test of a new channel",
      body: "This channel was tested from Omniphi Cloud. Nothing is wrong.",
      links: [],
      createdAt: ctx.now,
    });
    if (!notification) throw new Error("a test has a key of its own");
    const [delivery] = await insertDeliveries(ctx.tx, [
      {
        id: notificationsDomain.newId("delivery"),
        organizationId: ctx.organizationId,
        notificationId: notification.id,
        channelId: channel.id,
        status: "waiting",
        isTest: true,
        nextTryAt: ctx.now,
        createdAt: ctx.now,
        updatedAt: ctx.now,
      },
    ]);
    if (!delivery) throw new Error("insert returned no row");
    ctx.audit({ action: "notifications.channel.tested", targetType: "channel", targetId: channel.id });
    return { deliveryId: delivery.id };
  },
);

/**
 * Sends a test and says what came of it. One that arrived verifies the channel; an address is verified by the code in its test.
 * @throws not_found notifications.channel_not_found, conflict notifications.channel_removed, rate_limited notifications.too_many_tests
 */
export const testChannel = defineFlow<Ports>()({
  verb: "notifications.test-channel",
  scope: "notifications:write",
  tenancy: "organization",
  input: ChannelRef,
  output: Delivery,
  run: async (ctx, { channelId }) => {
    const { deliveryId } = await recordTest(ctx, { channelId });
    await attemptDelivery(ctx, deliveryId);
    const facts = await findDelivery(ctx.db, ctx.organizationId, deliveryId);
    if (!facts) throw channelNotFound(channelId);
    return toDelivery(facts);
  },
});

/** Verifies an address by the code of its test. @throws invalid notifications.wrong_code, invalid_state notifications.nothing_to_confirm */
export const confirmChannel = defineFlow<Pick<Ports, "sealer">>()({
  verb: "notifications.confirm-channel",
  scope: "notifications:write",
  tenancy: "organization",
  input: ConfirmChannelInput,
  output: Channel,
  run: async (ctx, { channelId, code }) => {
    const channel = await findChannel(ctx.db, ctx.organizationId, channelId);
    if (!channel) throw channelNotFound(channelId);
    if (channel.sealedConfig === null) throw channelRemoved();
    const { confirmationCode } = openConfig(ctx.ports, channel.id, channel.sealedConfig);
    if (confirmationCode === null) throw nothingToConfirm();
    if (confirmationCode !== code) throw wrongCode();
    await recordVerified(ctx, { channelId });
    return toChannel((await findChannel(ctx.db, ctx.organizationId, channelId)) ?? channel, undefined);
  },
});
