import { AGENT_OFFLINE_AFTER_SECONDS } from "@/lib/contracts/agent/version";
import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { KEEP_SETTLED_DAYS } from "./constants";
import { agentMachine, commandMachine } from "./machines";
import {
  deleteExpired,
  deleteRevokedAgents,
  deleteSettledCommands,
  listOverdueCommands,
  listSilentAgents,
} from "./repository";
import { NoInput } from "./schemas";

const BATCH = 500;

/** Says which machines are silent, ends commands that nobody took up, and forgets what is over; one that reports at this moment is online again with it. */
export const tendAgents = defineCommand({
  verb: "agents.tend-agents",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: NoInput,
  run: async (ctx) => {
    const silentBefore = new Date(ctx.now.getTime() - AGENT_OFFLINE_AFTER_SECONDS * 1_000);
    const silent = await listSilentAgents(ctx.tx, silentBefore, BATCH);
    for (const agent of silent) await move(ctx, agentMachine, agent, "offline");
    const overdue = await listOverdueCommands(ctx.tx, ctx.now, BATCH);
    for (const command of overdue) await move(ctx, commandMachine, command, "expired");
    const settledBefore = new Date(ctx.now.getTime() - KEEP_SETTLED_DAYS * 86_400_000);
    return {
      offline: silent.length,
      expired: overdue.length + (await deleteExpired(ctx.tx, ctx.now)),
      forgotten:
        (await deleteSettledCommands(ctx.tx, settledBefore)) + (await deleteRevokedAgents(ctx.tx, settledBefore)),
    };
  },
});
