import { z } from "zod";
import { decodeCursor, pageOf } from "@/server/kernel/pagination";
import { defineFlow, defineQuery } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { CHANNEL_KINDS } from "./constants";
import { channelNotFound } from "./errors";
import { findChannel, listChannelRows, listLastDeliveries } from "./repository";
import { Channel, ChannelKinds, ChannelPage, ChannelRef, ListChannelsInput } from "./schemas";
import { toChannel } from "./to-view";

/** The organisation's channels that are not removed, newest first. */
export const listChannels = defineQuery({
  verb: "notifications.list-channels",
  scope: "notifications:read",
  tenancy: "organization",
  input: ListChannelsInput,
  output: ChannelPage,
  run: async (ctx, input) => {
    const rows = await listChannelRows(ctx.db, ctx.organizationId, {
      limit: input.limit + 1,
      after: decodeCursor(input.cursor),
    });
    const last = await listLastDeliveries(
      ctx.db,
      rows.map(({ id }) => id),
    );
    return pageOf(
      rows,
      input.limit,
      (row) => ({ sort: row.createdAt.toISOString(), id: row.id }),
      (row) =>
        toChannel(
          row,
          last.find(({ channelId }) => channelId === row.id),
        ),
    );
  },
});

/** One channel of the organisation. @throws not_found notifications.channel_not_found */
export const getChannel = defineQuery({
  verb: "notifications.get-channel",
  scope: "notifications:read",
  tenancy: "organization",
  input: ChannelRef,
  output: Channel,
  run: async (ctx, { channelId }) => {
    const row = await findChannel(ctx.db, ctx.organizationId, channelId);
    if (!row) throw channelNotFound(channelId);
    return toChannel(row, (await listLastDeliveries(ctx.db, [row.id]))[0]);
  },
});

/** Which kinds of channel this installation can send to. */
export const listChannelKinds = defineFlow<Pick<Ports, "messenger">>()({
  verb: "notifications.list-channel-kinds",
  scope: "notifications:read",
  tenancy: "organization",
  input: z.strictObject({}),
  output: ChannelKinds,
  run: async (ctx) => ({
    kinds: CHANNEL_KINDS.map((kind) => ({ kind, unavailableBecause: ctx.ports.messenger.whyUnavailable(kind) })),
  }),
});
