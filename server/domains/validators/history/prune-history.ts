import { z } from "zod";
import { defineCommand } from "@/server/kernel/verbs";
import { HISTORY_DAYS, THINNED_AFTER_HOURS } from "../constants";
import { dropHistory, mergeIntoHours } from "./repository";

const HOUR_MS = 3_600_000;
/** The condition of a node is needed until the misses of its time have their cause, and longer while a chain is caught up with. */
const KEEP_SPELLS_DAYS = 7;

/** Merges samples of nodes that are older than two days into hours, and forgets what no chart shows; repeats safely. */
export const pruneNodeHistory = defineCommand({
  verb: "validators.prune-node-history",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: z.strictObject({}),
  run: async (ctx) => {
    const hoursAgo = (hours: number) => new Date(ctx.now.getTime() - hours * HOUR_MS);
    await dropHistory(ctx.tx, { spells: hoursAgo(KEEP_SPELLS_DAYS * 24), all: hoursAgo(HISTORY_DAYS * 24) });
    await mergeIntoHours(ctx.tx, hoursAgo(THINNED_AFTER_HOURS));
  },
});
