import "server-only";
import { publish, publishAll } from "@/server/kernel/publish";
import { createChannel } from "./create-channel";
import { getChannel, listChannelKinds, listChannels } from "./list-channels";
import { listDeliveries, resendDelivery } from "./list-deliveries";
import { removeChannel } from "./remove-channel";
import { confirmChannel, testChannel } from "./test-channel";
import { updateChannel } from "./update-channel";

/** The organisation's channels and what was sent to them. */
export const published = publishAll("notifications", "Notifications", [
  publish(listChannels, {
    rest: "GET /notifications/channels",
    trpc: "listChannels",
    summary: "The organisation's channels, newest first; where each leads is masked",
  }),
  publish(listChannelKinds, {
    trpc: "listChannelKinds",
    reads: true,
    summary: "Which kinds of channel this installation can send to",
  }),
  publish(createChannel, {
    rest: "POST /notifications/channels",
    trpc: "createChannel",
    status: 201,
    summary: "Makes a channel; a webhook's signing secret is in the answer once",
  }),
  publish(getChannel, {
    rest: "GET /notifications/channels/{channelId}",
    trpc: "getChannel",
    summary: "One channel",
  }),
  publish(updateChannel, {
    rest: "PATCH /notifications/channels/{channelId}",
    trpc: "updateChannel",
    summary: "Changes name, severity filter, quiet hours, or pauses the channel",
  }),
  publish(testChannel, {
    rest: "POST /notifications/channels/{channelId}/test",
    trpc: "testChannel",
    rateLimit: "auth",
    limitBy: "channelId",
    summary: "Sends a test; one that arrives verifies the channel",
  }),
  publish(confirmChannel, {
    rest: "POST /notifications/channels/{channelId}/confirm",
    trpc: "confirmChannel",
    rateLimit: "auth",
    limitBy: "channelId",
    summary: "Verifies an e-mail address by the code of its test",
  }),
  publish(removeChannel, {
    rest: "POST /notifications/channels/{channelId}/remove",
    trpc: "removeChannel",
    summary: "Removes the channel and forgets where it led",
  }),
  publish(listDeliveries, {
    rest: "GET /notifications/deliveries",
    trpc: "listDeliveries",
    summary: "What was sent and what came of it, newest first",
  }),
  publish(resendDelivery, {
    rest: "POST /notifications/deliveries/{deliveryId}/resend",
    trpc: "resendDelivery",
    summary: "Sends again what was given up",
  }),
]);
