import type { z } from "zod";
import { answerReport, noteSeen, requireAgent } from "@/server/domains/agents";
import type { CommandCtx } from "@/server/kernel/context";
import { move, observe } from "@/server/kernel/machine";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { serverNotFound } from "../errors";
import { conditionOf } from "./condition";
import { placementMachine, serverMachine } from "./machines";
import { insertSample } from "./repository";
import { requireServer } from "./require-server";
import { ServerHeartbeatAnswer, ServerHeartbeatInput } from "./schemas";

/** Keeps the report as the server's newest and as a sample; a server that is being emptied is drained once its agent finds no node there. */
const recordHeartbeat = defineChange(
  "regions.record-heartbeat",
  async (ctx: CommandCtx<string | null>, report: z.output<typeof ServerHeartbeatInput>) => {
    const agent = await requireAgent(ctx.tx, ctx.actor, "server");
    const server = await requireServer(ctx.tx, report);
    // An agent speaks for the server that it was enrolled for, and knows of no other.
    if (agent.subjectId !== server.id || server.status === "decommissioned") throw serverNotFound(server.id);
    await noteSeen(ctx, agent, report);
    const measured = {
      cpuPercent: report.cpuPercent ?? null,
      memoryPercent: report.memoryPercent ?? null,
      diskPercent: report.diskPercent ?? null,
      loadAverage: report.loadAverage ?? null,
      roundTripMs: report.lastRoundTripMs ?? null,
    };
    const nodes = report.nodes ?? null;
    const after = await observe(ctx, serverMachine, server, conditionOf(measured), {
      patch: {
        ...measured,
        nodes,
        agentId: agent.id,
        agentVersion: report.agentVersion ?? server.agentVersion,
        enrolledAt: server.enrolledAt ?? ctx.now,
        lastHeartbeatAt: ctx.now,
        uptimeSeconds: report.uptimeSeconds,
      },
    });
    const isEmptied = after.placement === "draining" && nodes?.length === 0;
    const { status, placement } = isEmptied ? await move(ctx, placementMachine, after, "drained") : after;
    await insertSample(ctx.tx, { ...measured, serverId: server.id, at: ctx.now, nodeCount: nodes?.length ?? null });
    return { agentId: agent.id, status, placement, lastHeartbeatAt: ctx.now.toISOString() };
  },
  { telemetry: true },
);

/**
 * Takes the report of a server's agent.
 * @throws forbidden agents.not_an_agent, not_found regions.server_not_found also for another one than the agent's own
 */
export const reportServerHeartbeat = defineFlow<Ports>()({
  verb: "regions.report-server-heartbeat",
  scope: "agents:write",
  because: "a host of the platform reports for itself and for no other",
  tenancy: "platform",
  input: ServerHeartbeatInput,
  output: ServerHeartbeatAnswer,
  run: async (ctx, input): Promise<z.output<typeof ServerHeartbeatAnswer>> => {
    const { agentId, ...kept } = await recordHeartbeat(ctx, input);
    return { ...kept, ...(await answerReport(ctx, agentId)) };
  },
});
