import { z } from "zod";
import { move } from "@/server/kernel/machine";
import { canTransition } from "@/server/kernel/states";
import { defineCommand } from "@/server/kernel/verbs";
import { NODE_STATUSES } from "./constants";
import { nodeNotFound } from "./errors";
import { isReasonKept, type NodeVerdict } from "./health";
import { nodeMachine } from "./machines";
import { lockNode, type NodeRow, updateNode } from "./repository";
import { NODE_MOVES } from "./states";

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

const Verdict = z.strictObject({ status: z.enum(NODE_STATUSES), reason: z.string().nullable(), sentence: z.string() });
const Look = z.strictObject({
  nodeId: z.string(),
  /** The node's generation when the look began; an operation that began or ended since makes the verdict stale. */
  generation: z.number().int(),
  verdict: Verdict,
});

/** While an operation works on the node its steps speak; the look keeps to numbers. */
const mayJudge = (node: NodeRow, generation: number): boolean =>
  node.operation === null && node.generation === generation && node.status !== "terminated";

const wordsOf = (node: NodeRow, verdict: NodeVerdict) =>
  isReasonKept(node, verdict)
    ? { statusReason: node.statusReason, statusMessage: node.statusMessage }
    : { statusReason: verdict.reason, statusMessage: verdict.sentence };

/** Keeps what a look measured. A node that is in another state than the row says is left to `recordVerdict`. */
export const recordMeasures = defineCommand({
  verb: "validators.record-measures",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: Look.extend({
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
    const { nodeId: _nodeId, generation, verdict, heightBlocks, startedAt, ...measured } = input;
    const isSame = verdict.status === node.status;
    await updateNode(ctx.tx, node.id, {
      ...measured,
      ...(heightBlocks === null ? {} : { lastBlockHeight: BigInt(heightBlocks) }),
      ...(startedAt === null ? {} : { startedAt: new Date(startedAt) }),
      lastSeenAt: ctx.now,
      lastCheckError: null,
      ...(isSame && mayJudge(node, generation) ? wordsOf(node, verdict) : {}),
    });
    const isMove = mayJudge(node, generation) && canTransition(NODE_MOVES, node.status, verdict.status);
    return { isMove };
  },
});

/** Moves the node to the state that a look found, unless an operation took it over since. */
export const recordVerdict = defineCommand({
  verb: "validators.record-verdict",
  scope: "platform:write",
  tenancy: "platform",
  input: Look,
  run: async (ctx, { nodeId, generation, verdict }) => {
    const node = await lockNode(ctx.tx, null, nodeId);
    if (!node) throw nodeNotFound(nodeId);
    if (!mayJudge(node, generation) || !canTransition(NODE_MOVES, node.status, verdict.status)) {
      ctx.audit({
        action: "validators.node.late_look_ignored",
        targetType: "node",
        targetId: node.id,
        organizationId: node.organizationId,
        details: { status: verdict.status },
      });
      return { status: node.status };
    }
    const isDown = verdict.status === "error";
    await move(ctx, nodeMachine, node, verdict.status, {
      reason: verdict.reason,
      patch: { statusMessage: verdict.sentence },
      story: { type: isDown ? "failed" : "activity", message: verdict.sentence },
    });
    if (isDown) ctx.logger.warn({ nodeId, setupRequestId: node.setupRequestId }, "validators.node.error");
    return { status: verdict.status };
  },
});
