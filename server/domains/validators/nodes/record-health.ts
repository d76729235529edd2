import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { canTransition } from "@/server/kernel/states";
import { defineChange } from "@/server/kernel/verbs";
import { nodeNotFound } from "../errors";
import { keepLook } from "../history/keep-look";
import { conditionOfNode } from "../history/node-condition";
import { NODE_MOVES } from "../states";
import type { Checked } from "./check-node";
import { isReasonKept, type NodeVerdict } from "./health";
import { nodeMachine } from "./machine";
import { lockNode, type NodeRow, updateNode } from "./repository";

/** A look that got no answer: the last known state stays on show, with its age and the reason. */
export const recordUnanswered = defineChange(
  "validators.record-unanswered-check",
  async (ctx: CommandCtx<string | null>, input: { readonly nodeId: string; readonly error: string }) => {
    const node = await lockNode(ctx.tx, null, input.nodeId);
    if (node) await updateNode(ctx.tx, node.id, { lastCheckError: input.error });
  },
  { telemetry: true },
);

/** What one look at a node found. */
type Look = {
  readonly nodeId: string;
  /** The node's generation when the look began; an operation that began or ended since makes the verdict stale. */
  readonly generation: number;
  readonly verdict: NodeVerdict;
};
type Measures = Omit<Extract<Checked, { isAnswered: true }>, "isAnswered" | "verdict" | "signState">;

const keepNodeLook = (
  ctx: CommandCtx<string | null>,
  node: NodeRow,
  { verdict, ...found }: Measures & Pick<Look, "verdict">,
) =>
  keepLook(ctx.tx, {
    sourceId: node.id,
    setupRequestId: node.setupRequestId,
    at: ctx.now,
    condition: conditionOfNode({
      status: verdict.status,
      isAtWork: node.operation !== null,
      peerCount: found.peerCount,
    }),
    cpuPercent: found.cpuPercent,
    memoryBytes: found.memoryUsedBytes,
    memoryPercent: null,
    diskUsedBytes: found.volumeUsedBytes,
    diskPercent: null,
    diskFreeBytes: found.volumeFreeBytes,
    lagBlocks: found.lagBlocks,
    peerCount: found.peerCount,
  });

/** While an operation works on the node its steps speak; the look keeps to numbers. */
const mayJudge = (node: NodeRow, generation: number): boolean =>
  node.operation === null && node.generation === generation && node.status !== "terminated";

const wordsOf = (node: NodeRow, verdict: NodeVerdict) =>
  isReasonKept(node, verdict)
    ? { statusReason: node.statusReason, statusMessage: node.statusMessage }
    : { statusReason: verdict.reason, statusMessage: verdict.sentence };

/** Keeps what a look measured. A node that is in another state than the row says is left to `recordVerdict`. */
export const recordMeasures = defineChange(
  "validators.record-measures",
  async (ctx: CommandCtx<string | null>, input: Look & Measures) => {
    const node = await lockNode(ctx.tx, null, input.nodeId);
    if (!node) throw nodeNotFound(input.nodeId);
    await keepNodeLook(ctx, node, input);
    const {
      nodeId: _nodeId,
      generation,
      verdict,
      heightBlocks,
      startedAt,
      // Of what the disk has left only the history is kept.
      volumeFreeBytes: _free,
      ...measured
    } = input;
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
  { telemetry: true },
);

/** Moves the node to the state that a look found, unless an operation took it over since. */
export const recordVerdict = defineChange(
  "validators.record-verdict",
  async (ctx: CommandCtx<string | null>, { nodeId, generation, verdict }: Look) => {
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
      return;
    }
    const isDown = verdict.status === "error";
    await move(ctx, nodeMachine, node, verdict.status, {
      reason: verdict.reason,
      patch: { statusMessage: verdict.sentence },
      story: { type: isDown ? "failed" : "activity", message: verdict.sentence },
    });
    if (isDown) ctx.logger.warn({ nodeId, setupRequestId: node.setupRequestId }, "validators.node.error");
  },
);
