import { z } from "zod";
import { move, observe } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { keyMismatch, nodeNotFound, superseded } from "./errors";
import { AttemptRef, lockAttempt } from "./lock-attempt";
import { nodeMachine, setupMachine } from "./machines";
import { lockNode, updateNode, updateSetup } from "./repository";

/**
 * Keeps what the host said when it started the node, unless the operation that started it has ended or given way since.
 * @throws not_found validators.node_not_found, conflict validators.superseded
 */
export const recordNodeStarted = defineCommand({
  verb: "validators.record-node-started",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({
    nodeId: z.string(),
    /** The node's generation when it was started. */
    generation: z.number().int(),
    runtimeRef: z.string().nullable(),
    rpcUrl: z.string().nullable(),
    p2pAddress: z.string().nullable(),
    startedAt: z.string().nullable(),
  }),
  run: async (ctx, input) => {
    const node = await lockNode(ctx.tx, null, input.nodeId);
    if (!node) throw nodeNotFound(input.nodeId);
    if (node.generation !== input.generation || node.operation === null) throw superseded();
    await observe(ctx, nodeMachine, node, "starting", {
      patch: {
        runtimeRef: input.runtimeRef,
        rpcUrl: input.rpcUrl,
        p2pAddress: input.p2pAddress,
        startedAt: input.startedAt === null ? null : new Date(input.startedAt),
        stoppedAt: null,
        statusMessage: "Started; waiting for its first answer.",
      },
    });
    ctx.audit({
      action: "validators.node.started",
      targetType: "node",
      targetId: node.id,
      organizationId: node.organizationId,
      details: { runtime: node.hostKind, operation: node.operation },
    });
    return {};
  },
});

/** Keeps the node's public key: provisioning becomes configuring. A second, different key is refused: the volume was swapped. */
export const recordPublicKey = defineCommand({
  verb: "validators.record-public-key",
  scope: "platform:write",
  tenancy: "platform",
  input: AttemptRef.extend({ nodeId: z.string(), consensusPubkey: z.string(), p2pNodeId: z.string() }),
  run: async (ctx, input) => {
    const setup = await lockAttempt(ctx, input);
    if (setup.consensusPubkey !== null && setup.consensusPubkey !== input.consensusPubkey) throw keyMismatch();
    await updateNode(ctx.tx, input.nodeId, { p2pNodeId: input.p2pNodeId });
    if (setup.status === "provisioning") {
      await move(ctx, setupMachine, setup, "configuring", {
        patch: { statusMessage: "The node has its key and is catching up.", consensusPubkey: input.consensusPubkey },
      });
    } else {
      await updateSetup(ctx.tx, setup.id, { consensusPubkey: input.consensusPubkey });
      ctx.audit({
        action: "validators.node.key_read",
        targetType: "node",
        targetId: input.nodeId,
        organizationId: setup.organizationId,
        details: { setupRequestId: setup.id },
      });
    }
    return { consensusPubkey: input.consensusPubkey };
  },
});

/** The key is proven and the node in sync: the person may sign. */
export const recordReady = defineCommand({
  verb: "validators.record-ready",
  scope: "platform:write",
  tenancy: "platform",
  input: AttemptRef.extend({ nodeId: z.string(), provenPubkey: z.string(), heightBlocks: z.string() }),
  run: async (ctx, input) => {
    const setup = await lockAttempt(ctx, input);
    if (setup.consensusPubkey !== input.provenPubkey) throw keyMismatch();
    await observe(ctx, nodeMachine, { id: input.nodeId }, "synced", {
      patch: {
        operation: null,
        operationStep: null,
        operationStartedAt: null,
        statusMessage: "In sync with the chain.",
        isCatchingUp: false,
        lastBlockHeight: BigInt(input.heightBlocks),
        lastSeenAt: ctx.now,
      },
    });
    if (setup.status === "configuring") {
      await move(ctx, setupMachine, setup, "ready_for_chain_tx", {
        patch: {
          statusMessage: "The node is in sync and its key is proven. Sign to create the validator.",
          progressPercent: 100,
          provisioningCompletedAt: ctx.now,
        },
        story: { type: "completed", step: "ready", message: "The key is proven. Sign to create the validator." },
      });
    } else {
      ctx.audit({
        action: "validators.node.proven",
        targetType: "node",
        targetId: input.nodeId,
        organizationId: setup.organizationId,
      });
    }
    return { consensusPubkey: input.provenPubkey };
  },
});
