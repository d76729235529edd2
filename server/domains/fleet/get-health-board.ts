import { z } from "zod";
import { agentFigures } from "@/server/domains/agents";
import { chainStatusOf, listNetworks } from "@/server/domains/chain";
import { channelFigures } from "@/server/domains/notifications";
import { getJobEngine } from "@/server/domains/operations";
import type { ServiceCtx } from "@/server/kernel/context";
import { isAppError } from "@/server/kernel/errors";
import { listHeartbeats } from "@/server/kernel/heartbeats";
import { outboxBacklog } from "@/server/kernel/outbox";
import { defineFlow } from "@/server/kernel/verbs";
import type { JobRuns } from "@/server/ports/job-runs";
import { HealthBoard } from "./schemas";

type Ctx = ServiceCtx<{ readonly jobRuns: JobRuns }>;

async function networkRows(ctx: Ctx): Promise<HealthBoard["networks"]> {
  const networks = await listNetworks(ctx, { status: "active" });
  return Promise.all(
    networks.map(async ({ id, displayName }) => {
      const { tipHeightBlocks, contiguousHeightBlocks, tipAt, updatedAt, endpoints } = await chainStatusOf(ctx.db, id);
      const isKnown = tipHeightBlocks !== null && contiguousHeightBlocks !== null;
      return {
        networkId: id,
        name: displayName,
        tipHeightBlocks,
        lagBlocks: isKnown ? Math.max(0, Number(BigInt(tipHeightBlocks) - BigInt(contiguousHeightBlocks))) : null,
        tipAt,
        readAt: updatedAt,
        endpoints: { healthy: endpoints.filter(({ state }) => state === "healthy").length, all: endpoints.length },
      };
    }),
  );
}

async function engineRow(ctx: Ctx): Promise<Pick<HealthBoard, "engine" | "whyNoEngine">> {
  try {
    const { engine, dashboardUrl } = await getJobEngine(ctx, {});
    if (engine === null) {
      return {
        engine: null,
        whyNoEngine: `Runs are in a job server of its own${dashboardUrl ? `: ${dashboardUrl}` : ""}.`,
      };
    }
    const { state, queueDepth, executingCalls, activeRuns, oldestDueAgeMs, heartbeatAgeMs } = engine;
    return {
      engine: { state, queueDepth, executingCalls, activeRuns, oldestDueAgeMs, heartbeatAgeMs },
      whyNoEngine: null,
    };
  } catch (thrown) {
    if (!isAppError(thrown)) throw thrown;
    return { engine: null, whyNoEngine: thrown.message };
  }
}

/** How far the watcher, the queue, the outbox, the channels and the machines are, with the age of each figure. */
export const getHealthBoard = defineFlow<{ readonly jobRuns: JobRuns }>()({
  verb: "fleet.get-health-board",
  scope: "platform:read",
  tenancy: "platform",
  input: z.strictObject({}),
  output: HealthBoard,
  run: async (ctx): Promise<HealthBoard> => {
    const now = ctx.now();
    const [networks, outbox, beats, channels, agents, engine] = await Promise.all([
      networkRows(ctx),
      outboxBacklog(ctx.db),
      listHeartbeats(ctx.db),
      channelFigures(ctx.db, now),
      agentFigures(ctx.db),
      engineRow(ctx),
    ]);
    return {
      readAt: now.toISOString(),
      networks,
      outbox: { waiting: outbox.count, oldestAgeSeconds: outbox.oldestAgeSeconds },
      processes: beats.map(({ component, status, reason, ageSeconds }) => ({ component, status, reason, ageSeconds })),
      channels: { ...channels, oldestWaitingAt: channels.oldestWaitingAt?.toISOString() ?? null },
      agents: { ...agents, lastSeenAt: agents.lastSeenAt?.toISOString() ?? null },
      ...engine,
    };
  },
});
