import { z } from "zod";
import { defineCommand } from "@/server/kernel/verbs";
import { HISTORY_DAYS, THINNED_AFTER_HOURS } from "../constants";
import { thinHistory } from "./repository";

const HOUR_MS = 3_600_000;

/**
 * Leaves one sample an hour of what is older than two days, and forgets what no chart shows; repeats safely. Apart from the roll-up, whose locks
 * make new blocks wait: this reads months of rows and holds none of them.
 */
export const pruneHistory = defineCommand({
  verb: "chain.prune-history",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: z.strictObject({}),
  run: async (ctx) => {
    const hoursAgo = (hours: number) => new Date(ctx.now.getTime() - hours * HOUR_MS);
    await thinHistory(ctx.tx, { thin: hoursAgo(THINNED_AFTER_HOURS), drop: hoursAgo(HISTORY_DAYS * 24) });
    return {};
  },
});
