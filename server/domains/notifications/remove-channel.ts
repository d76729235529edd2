import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { channelNotFound } from "./errors";
import { channelMachine } from "./machines";
import { lockChannel } from "./repository";
import { Channel, ChannelRef } from "./schemas";
import { toChannel } from "./to-view";

/** Ends a channel for ever and forgets where it led. @throws not_found notifications.channel_not_found, invalid_state notifications.invalid_transition */
export const removeChannel = defineCommand({
  verb: "notifications.remove-channel",
  scope: "notifications:write",
  tenancy: "organization",
  input: ChannelRef,
  output: Channel,
  run: async (ctx, { channelId }) => {
    const row = await lockChannel(ctx.tx, ctx.organizationId, channelId);
    if (!row) throw channelNotFound(channelId);
    return toChannel(await move(ctx, channelMachine, row, "removed", { patch: { sealedConfig: null } }), undefined);
  },
});
