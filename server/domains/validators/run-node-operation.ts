import { z } from "zod";
import { observe } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { isHeldByAnother } from "@/server/kernel/work/work-runs";
import { NODE_OPERATION_STEPS, NODE_STATUSES, type NodeOperationStepId, WORK_IDS } from "./constants";
import { nodeNotFound, setupRequestNotFound, signStateRefused, superseded } from "./errors";
import { nodeMachine } from "./machines";
import { noteEvent } from "./note-event";
import { watermarkOf } from "./record-watermark";
import { findSetup, lockNode, lockVolume, updateNode } from "./repository";
import { refuseToStart } from "./sign-state";

/** Names the operation that acts; an older generation must not. */
export const OperationRef = z.strictObject({ nodeId: z.string(), generation: z.number().int() });
/** The same with the job run that acts for it; null where a sweep does. */
const ActingRef = OperationRef.extend({ runId: z.string().nullable() });
const StepId = z.enum(NODE_OPERATION_STEPS.map((step) => step.id) as [NodeOperationStepId, ...NodeOperationStepId[]]);

/** Opens a step of an operation. @throws conflict validators.superseded when another operation took over */
export const beginOperationStep = defineCommand({
  verb: "validators.begin-operation-step",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: OperationRef.extend({ step: StepId }),
  run: async (ctx, input) => {
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
    return { operation: node.operation };
  },
});

/**
 * The guard before any start: what the volume holds now against the highest sign state ever seen of it.
 * @throws upstream_rejected validators.sign_state_refused, conflict validators.superseded
 */
export const guardSignState = defineCommand({
  verb: "validators.guard-sign-state",
  scope: "platform:write",
  tenancy: "platform",
  input: OperationRef.extend({
    found: z.strictObject({ height: z.string(), round: z.number().int(), step: z.number().int() }).nullable(),
  }),
  run: async (ctx, input) => {
    const node = await lockNode(ctx.tx, null, input.nodeId);
    const volume = node && (await lockVolume(ctx.tx, node.volumeId));
    if (!node || !volume) throw nodeNotFound(input.nodeId);
    if (node.generation !== input.generation || node.operation === null) throw superseded();
    const found = input.found === null ? null : { ...input.found, height: BigInt(input.found.height) };
    const refusal = refuseToStart(watermarkOf(volume), found);
    if (refusal !== null) throw signStateRefused(refusal);
    ctx.audit({
      action: "validators.node.sign_state_checked",
      targetType: "node",
      targetId: node.id,
      organizationId: node.organizationId,
      details: { found: input.found?.height ?? null, watermark: volume.watermarkHeight?.toString() ?? null },
    });
    return { watermarkHeight: volume.watermarkHeight?.toString() ?? null };
  },
});

/** Ends the operation and frees the node for the next one. */
export const finishOperation = defineCommand({
  verb: "validators.finish-operation",
  scope: "platform:write",
  tenancy: "platform",
  input: ActingRef.extend({
    status: z.enum(NODE_STATUSES),
    sentence: z.string(),
    /** Code of why it failed; null when it did not. */
    failureCode: z.string().nullable(),
  }),
  run: async (ctx, input) => {
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
      return { status: node.status };
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
      details: { operation: node.operation },
    });
    ctx.audit({
      action: isFailure ? `validators.node.${node.operation}_failed` : `validators.node.${node.operation}_finished`,
      targetType: "node",
      targetId: node.id,
      organizationId: node.organizationId,
      details: { status },
    });
    return { status };
  },
});

/** An operation that failed for good: the node is free again and shown as in error, with the sentence. */
export const failOperation = defineCommand({
  verb: "validators.fail-operation",
  scope: "platform:write",
  tenancy: "platform",
  input: ActingRef.extend({ code: z.string(), sentence: z.string() }),
  run: (ctx, input) =>
    finishOperation(ctx, {
      nodeId: input.nodeId,
      generation: input.generation,
      runId: input.runId,
      status: "error",
      sentence: input.sentence,
      failureCode: input.code,
    }),
});
