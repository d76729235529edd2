import { z } from "zod";
import { defineCommand } from "@/server/kernel/verbs";
import { DELIVERIES_KEPT_DAYS } from "./constants";
import { deleteNotificationsBefore } from "./repository";

/** Forgets what was told so long ago that nobody asks for it. */
export const pruneNotifications = defineCommand({
  verb: "notifications.prune-notifications",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: z.strictObject({}),
  run: async (ctx) => ({
    forgotten: await deleteNotificationsBefore(
      ctx.tx,
      new Date(ctx.now.getTime() - DELIVERIES_KEPT_DAYS * 24 * 3_600_000),
    ),
  }),
});
