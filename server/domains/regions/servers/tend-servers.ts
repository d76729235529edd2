import { z } from "zod";
import { AGENT_OFFLINE_AFTER_SECONDS } from "@/lib/contracts/agent/version";
import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { serverMachine } from "./machines";
import { listSilentServers } from "./repository";

const BATCH = 500;

/** Says which servers have been silent for five minutes; one that reports at this moment is back with its report. */
export const tendServers = defineCommand({
  verb: "regions.tend-servers",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: z.strictObject({}),
  run: async (ctx) => {
    const before = new Date(ctx.now.getTime() - AGENT_OFFLINE_AFTER_SECONDS * 1_000);
    const silent = await listSilentServers(ctx.tx, before, BATCH);
    for (const server of silent) await move(ctx, serverMachine, server, "offline");
    return { offline: silent.length };
  },
});
