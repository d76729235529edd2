import { defineCommand } from "@/server/kernel/verbs";
import { channelNotFound, channelRemoved } from "./errors";
import { listLastDeliveries, lockChannel, updateChannelRow } from "./repository";
import { Channel, UpdateChannelInput } from "./schemas";
import { toChannel } from "./to-view";

/** Changes what a channel is called and what it hears; where it leads is changed by making another one. @throws not_found notifications.channel_not_found */
export const updateChannel = defineCommand({
  verb: "notifications.update-channel",
  scope: "notifications:write",
  tenancy: "organization",
  input: UpdateChannelInput,
  output: Channel,
  run: async (ctx, { channelId, ...given }) => {
    const row = await lockChannel(ctx.tx, ctx.organizationId, channelId);
    if (!row) throw channelNotFound(channelId);
    if (row.status === "removed") throw channelRemoved();
    const patch = {
      ...(given.name === undefined ? {} : { name: given.name }),
      ...(given.minSeverity === undefined ? {} : { minSeverity: given.minSeverity }),
      ...(given.quietHours === undefined ? {} : { quietHours: given.quietHours }),
      ...(given.isPaused === undefined ? {} : { isPaused: given.isPaused }),
    };
    const changed = await updateChannelRow(ctx.tx, row.id, { ...patch, updatedAt: ctx.now });
    ctx.audit({
      action: "notifications.channel.updated",
      targetType: "channel",
      targetId: row.id,
      details: { fields: Object.keys(patch) },
    });
    return toChannel(changed, (await listLastDeliveries(ctx.tx, [row.id]))[0]);
  },
});
