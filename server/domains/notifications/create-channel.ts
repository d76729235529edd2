import { randomBytes, randomInt } from "node:crypto";
import type { z } from "zod";
import type { CommandCtx } from "@/server/kernel/context";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { CONFIRMATION_CODE_DIGITS, MAX_CHANNELS } from "./constants";
import { notificationsDomain } from "./domain";
import { kindUnavailable, tooManyChannels } from "./errors";
import { maskedTargetOf } from "./masked-target";
import { countChannels, insertChannel, lockChannelCount } from "./repository";
import { type Channel, CreateChannelInput, CreatedChannel } from "./schemas";
import { messengerTarget, sealConfig } from "./sealed-config";
import { toChannel } from "./to-view";

const WEBHOOK_SECRET_BYTES = 32;

type NewChannel = Pick<z.output<typeof CreateChannelInput>, "name" | "minSeverity" | "quietHours"> & {
  readonly channelId: string;
  readonly kind: Channel["kind"];
  readonly maskedTarget: string;
  readonly sealedConfig: string;
};

const recordChannel = defineChange(
  "notifications.record-channel",
  async (ctx: CommandCtx, { channelId, ...input }: NewChannel): Promise<Channel> => {
    await lockChannelCount(ctx.tx, ctx.organizationId);
    if ((await countChannels(ctx.tx, ctx.organizationId)) >= MAX_CHANNELS) throw tooManyChannels(MAX_CHANNELS);
    const row = await insertChannel(ctx.tx, {
      id: channelId,
      organizationId: ctx.organizationId,
      ...input,
      status: "unverified",
      createdAt: ctx.now,
      updatedAt: ctx.now,
    });
    ctx.audit({
      action: "notifications.channel.created",
      targetType: "channel",
      targetId: row.id,
      details: { kind: row.kind, name: row.name },
    });
    return toChannel(row, undefined);
  },
);

/**
 * Makes a channel, which is told nothing before a test of it arrived. Where it leads is sealed before it is kept; a webhook's secret is in the
 * answer once. @throws invalid notifications.bad_target, invalid_state notifications.kind_unavailable, limit_exceeded notifications.too_many_channels
 */
export const createChannel = defineFlow<Pick<Ports, "sealer" | "messenger">>()({
  verb: "notifications.create-channel",
  scope: "notifications:write",
  tenancy: "organization",
  input: CreateChannelInput,
  output: CreatedChannel,
  run: async (ctx, { target, ...settings }): Promise<{ channel: Channel; webhookSecret: string | null }> => {
    const { messenger, sealer } = ctx.ports;
    const unavailable = messenger.whyUnavailable(target.kind);
    if (unavailable !== null) throw kindUnavailable(unavailable);
    const config = {
      target,
      webhookSecret: target.kind === "webhook" ? `whsec_${randomBytes(WEBHOOK_SECRET_BYTES).toString("base64")}` : null,
      confirmationCode:
        target.kind === "email"
          ? String(randomInt(10 ** CONFIRMATION_CODE_DIGITS)).padStart(CONFIRMATION_CODE_DIGITS, "0")
          : null,
    };
    messenger.check(messengerTarget(config));
    const channelId = notificationsDomain.newId("channel");
    const channel = await recordChannel(ctx, {
      ...settings,
      channelId,
      kind: target.kind,
      maskedTarget: maskedTargetOf(target),
      sealedConfig: sealConfig({ sealer }, channelId, config),
    });
    // A replayed record belongs to a channel made earlier, whose secret this is not.
    return { channel, webhookSecret: channel.id === channelId ? config.webhookSecret : null };
  },
  kept: (made) => ({ ...made, webhookSecret: null }),
});
