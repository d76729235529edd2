import { z } from "zod";
import { isAppError } from "@/server/kernel/errors";
import { canTransition } from "@/server/kernel/states";
import { defineCommand, defineEffect } from "@/server/kernel/verbs";
import type { NodeRunState } from "@/server/ports/node-host";
import type { Ports } from "@/server/ports/ports";
import { NODE_STATUSES, RUNTIMES } from "./constants";
import { NetworkFacts } from "./effect-inputs";
import { nodeNotFound } from "./errors";
import { isReasonKept, lagBlocks, nodeStatusOf } from "./health";
import { noteEvent } from "./note-event";
import { nodeAsChain } from "./read-node-sync";
import { findSetup, lockNode, updateNode } from "./repository";
import { NODE_TRANSITIONS } from "./states";

const CHECK_DEADLINE_MS = 4_000;
const quiet = async <T>(asked: Promise<T>): Promise<T | null> => {
  try {
    return await asked;
  } catch (thrown) {
    if (isAppError(thrown)) return null;
    throw thrown;
  }
};

/** Asks host and node once. A host that does not answer is unknown: the error comes back as a sentence, the last state stays. */
export const checkNode = defineEffect<Ports>()({
  verb: "validators.check-node",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({
    network: NetworkFacts,
    runtime: z.enum(RUNTIMES),
    nodeId: z.string(),
    volumeId: z.string(),
    desiredState: z.enum(["running", "stopped", "terminated"]),
    tipHeightBlocks: z.string().nullable(),
  }),
  run: async (ctx, input) => {
    const host = ctx.ports.nodeHosts[input.runtime];
    const options = { deadlineMs: CHECK_DEADLINE_MS };
    let runState: NodeRunState;
    let inspection: Awaited<ReturnType<typeof host.inspect>>;
    try {
      inspection = await host.inspect(input.nodeId, options);
      runState = inspection.state;
    } catch (thrown) {
      if (!isAppError(thrown)) throw thrown;
      return { isAnswered: false as const, error: thrown.message };
    }
    const rpcUrl = inspection.endpoints?.rpcUrl ?? null;
    const node =
      runState === "running" && rpcUrl !== null
        ? nodeAsChain(ctx.ports, input.network, { nodeId: input.nodeId, rpcUrl })
        : null;
    const [status, net, stats, volume] = await Promise.all([
      node === null ? null : quiet(node.status({ maxAgeMs: 0, ...options })),
      node === null ? null : quiet(node.netInfo({ maxAgeMs: 0, ...options })),
      runState === "running" ? quiet(host.stats(input.nodeId, options)) : null,
      quiet(host.inspectVolume(input.volumeId, options)),
    ]);
    const tip = input.tipHeightBlocks === null ? null : BigInt(input.tipHeightBlocks);
    const verdict = nodeStatusOf({
      runState,
      rpc: status === null ? null : { heightBlocks: status.latestHeightBlocks, isCatchingUp: status.catchingUp },
      tipHeightBlocks: tip,
      desiredState: input.desiredState,
    });
    return {
      isAnswered: true as const,
      status: verdict.status,
      sentence: verdict.sentence,
      runtimeRef: inspection.runtimeRef,
      rpcUrl,
      p2pAddress: inspection.endpoints?.p2pAddress ?? null,
      restartCount: inspection.restartCount,
      startedAt: inspection.startedAt,
      heightBlocks: status?.latestHeightBlocks.toString() ?? null,
      lagBlocks: lagBlocks(status?.latestHeightBlocks ?? null, tip),
      isCatchingUp: status?.catchingUp ?? null,
      nodeVersion: status?.cometVersion ?? null,
      peerCount: net?.peerCount ?? null,
      cpuPercent: stats?.cpuPercent == null ? null : Math.round(stats.cpuPercent),
      memoryUsedBytes: stats?.memoryBytes ?? null,
      volumeUsedBytes: stats?.volumeBytes ?? null,
      signState: volume?.signState == null ? null : { ...volume.signState },
    };
  },
});

/** A look that got no answer: the last known state stays on show, with its age and the reason. */
export const recordUnanswered = defineCommand({
  verb: "validators.record-unanswered-check",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: z.strictObject({ nodeId: z.string(), error: z.string() }),
  run: async (ctx, input) => {
    const node = await lockNode(ctx.tx, null, input.nodeId);
    if (node) await updateNode(ctx.tx, node.id, { lastCheckError: input.error });
    return {};
  },
});

/** Keeps what a check found. Measurements are telemetry; a change of the node's status is an audited move and a line of its story. */
export const recordHealth = defineCommand({
  verb: "validators.record-health",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: z.strictObject({
    nodeId: z.string(),
    /** The node's generation when the check began; an operation that began or ended since makes the verdict stale. */
    generation: z.number().int(),
    status: z.enum(NODE_STATUSES),
    sentence: z.string(),
    runtimeRef: z.string().nullable(),
    rpcUrl: z.string().nullable(),
    p2pAddress: z.string().nullable(),
    restartCount: z.number().int().nullable(),
    startedAt: z.string().nullable(),
    heightBlocks: z.string().nullable(),
    lagBlocks: z.number().int().nullable(),
    isCatchingUp: z.boolean().nullable(),
    nodeVersion: z.string().nullable(),
    peerCount: z.number().int().nullable(),
    cpuPercent: z.number().int().nullable(),
    memoryUsedBytes: z.number().nullable(),
    volumeUsedBytes: z.number().nullable(),
  }),
  run: async (ctx, input) => {
    const node = await lockNode(ctx.tx, null, input.nodeId);
    if (!node) throw nodeNotFound(input.nodeId);
    const { nodeId: _nodeId, generation, status, sentence, heightBlocks, startedAt, ...measured } = input;
    // While an operation works on the node its steps speak; the check keeps to numbers.
    const isLegal = status === node.status || canTransition(NODE_TRANSITIONS, node.status, status);
    const mayMove =
      isLegal && node.operation === null && node.generation === generation && node.status !== "terminated";
    await updateNode(ctx.tx, node.id, {
      ...measured,
      ...(heightBlocks === null ? {} : { lastBlockHeight: BigInt(heightBlocks) }),
      ...(startedAt === null ? {} : { startedAt: new Date(startedAt) }),
      lastSeenAt: ctx.now,
      lastCheckError: null,
      ...(mayMove ? { status } : {}),
      ...(mayMove && !isReasonKept(node, { status, sentence }) ? { statusMessage: sentence } : {}),
    });
    if (mayMove && status !== node.status) {
      ctx.audit({
        action: `validators.node.${status}`,
        targetType: "node",
        targetId: node.id,
        organizationId: node.organizationId,
        details: { from: node.status, to: status },
      });
      const setup = await findSetup(ctx.tx, null, node.setupRequestId);
      if (setup) {
        await noteEvent(ctx, setup, {
          type: status === "error" ? "failed" : "activity",
          message: sentence,
          details: { node: node.id, from: node.status, to: status },
        });
      }
      if (status === "error")
        ctx.logger.warn({ nodeId: node.id, setupRequestId: node.setupRequestId }, "validators.node.error");
    }
    return { moved: mayMove && status !== node.status };
  },
});
