import type { CommandCtx } from "@/server/kernel/context";
import { observe } from "@/server/kernel/machine";
import { defineChange } from "@/server/kernel/verbs";
import { isHeldByAnother } from "@/server/kernel/work/work-runs";
import { NODE_OPERATION_STEPS, type NodeOperationStepId, type NodeStatus, WORK_IDS } from "../constants";
import { nodeNotFound, setupRequestNotFound, signStateRefused, superseded } from "../errors";
import { findSetup } from "../requests/repository";
import { noteEvent } from "../story/note-event";
import { nodeMachine } from "./machine";
import { type SignState, watermarkOf } from "./record-watermark";
import { lockNode, lockVolume, updateNode } from "./repository";
import { refuseToStart } from "./sign-state";

/** Names the operation that acts; an older generation must not. */
type Operation = { readonly nodeId: string; readonly generation: number };
/** The same with the job run that acts for it; null where a sweep does. */
type Acting = Operation & { readonly runId: string | null };

/** Opens a step of an operation. @throws conflict validators.superseded when another operation took over */
export const beginOperationStep = defineChange(
  "validators.begin-operation-step",
  async (ctx: CommandCtx<string | null>, input: Operation & { readonly step: NodeOperationStepId }) => {
    const node = await lockNode(ctx.tx, null, input.nodeId);
    if (!node) throw nodeNotFound(input.nodeId);
    if (node.generation !== input.generation || node.operation === null) throw superseded();
    const step = NODE_OPERATION_STEPS.find((known) => known.id === input.step);
    if (!step) throw new Error(`unknown step ${input.step}`);
    await updateNode(ctx.tx, node.id, {
      operationStep: step.id,
      statusMessage: step.sentence,
    });
    const setup = await findSetup(ctx.tx, null, node.setupRequestId);
    if (!setup) throw setupRequestNotFound(node.setupRequestId);
    await noteEvent(ctx, setup, {
      type: "started",
      step: step.id,
      message: step.sentence,
      details: { operation: node.operation },
    });
  },
  { telemetry: true },
);

/**
 * The guard before any start: what the volume holds now against the highest sign state ever seen of it, and against the tip of the chain.
 * @throws upstream_rejected validators.sign_state_refused, conflict validators.superseded
 */
export const guardSignState = defineChange(
  "validators.guard-sign-state",
  async (
    ctx: CommandCtx<string | null>,
    input: Operation & { readonly found: SignState | null; readonly tipHeightBlocks: bigint | null },
  ) => {
    const node = await lockNode(ctx.tx, null, input.nodeId);
    const volume = node && (await lockVolume(ctx.tx, node.volumeId));
    if (!node || !volume) throw nodeNotFound(input.nodeId);
    if (node.generation !== input.generation || node.operation === null) throw superseded();
    const found = input.found === null ? null : { ...input.found, height: BigInt(input.found.height) };
    const refusal = refuseToStart(watermarkOf(volume), found, input.tipHeightBlocks);
    if (refusal !== null) throw signStateRefused(refusal);
    ctx.audit({
      action: "validators.node.sign_state_checked",
      targetType: "node",
      targetId: node.id,
      organizationId: node.organizationId,
      details: { found: input.found?.height ?? null, watermark: volume.watermarkHeight?.toString() ?? null },
    });
  },
);

/** Ends the operation and frees the node for the next one. */
export const finishOperation = defineChange(
  "validators.finish-operation",
  async (
    ctx: CommandCtx<string | null>,
    input: Acting & {
      readonly status: NodeStatus;
      readonly sentence: string;
      /** Code of why it failed; null when it did not. */
      readonly failureCode: string | null;
    },
  ) => {
    const node = await lockNode(ctx.tx, null, input.nodeId);
    if (!node) throw nodeNotFound(input.nodeId);
    const ref = { workId: WORK_IDS.operateNode, subject: node.id, generation: input.generation };
    // A run that was silent for long may end its last step after another one has begun anew.
    const isOthers = input.runId !== null && (await isHeldByAnother(ctx.tx, { ...ref, runId: input.runId }));
    if (node.generation !== input.generation || node.operation === null || isOthers) {
      ctx.audit({
        action: "validators.node.late_result_ignored",
        targetType: "node",
        targetId: node.id,
        organizationId: node.organizationId,
      });
      return;
    }
    const isFailure = input.failureCode !== null;
    // A node that was removed meanwhile stays removed; the operation ends all the same, or it would be tried for ever.
    const status = node.status === "terminated" ? node.status : input.status;
    await observe(ctx, nodeMachine, node, status, {
      reason: input.failureCode,
      patch: {
        operation: null,
        operationStep: null,
        operationStartedAt: null,
        statusMessage: input.sentence,
        ...(input.status === "stopped"
          ? { stoppedAt: ctx.now, isCatchingUp: null, peerCount: null, lagBlocks: null }
          : {}),
        ...(input.status === "terminated" ? { terminatedAt: ctx.now } : {}),
      },
    });
    const setup = await findSetup(ctx.tx, null, node.setupRequestId);
    if (!setup) throw setupRequestNotFound(node.setupRequestId);
    await noteEvent(ctx, setup, {
      type: isFailure ? "failed" : "completed",
      message: input.sentence,
      details: { operation: node.operation, ...(input.failureCode === null ? {} : { code: input.failureCode }) },
    });
    ctx.audit({
      action: isFailure ? `validators.node.${node.operation}_failed` : `validators.node.${node.operation}_finished`,
      targetType: "node",
      targetId: node.id,
      organizationId: node.organizationId,
      details: { status },
    });
  },
);

/** An operation that failed for good: the node is free again and shown as in error, with the sentence. */
export const failOperation = defineChange(
  "validators.fail-operation",
  (ctx: CommandCtx<string | null>, input: Acting & { readonly code: string; readonly sentence: string }) =>
    finishOperation(ctx, {
      nodeId: input.nodeId,
      generation: input.generation,
      runId: input.runId,
      status: "error",
      sentence: input.sentence,
      failureCode: input.code,
    }),
);
