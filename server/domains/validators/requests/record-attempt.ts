import { getRegion, holdSlot } from "@/server/domains/regions";
import { actingFor, type CommandCtx } from "@/server/kernel/context";
import { move, observe } from "@/server/kernel/machine";
import { defineChange } from "@/server/kernel/verbs";
import { subjectOf } from "../constants";
import { validatorsDomain } from "../domain";
import { keyMismatch, RUNTIME_UNAVAILABLE, setupRequestNotFound } from "../errors";
import { setupFailed } from "../events";
import type { Placement } from "../nodes/choose-host";
import { nodeMachine } from "../nodes/machine";
import { insertNodeIfMissing, insertVolumeIfMissing, updateNode } from "../nodes/repository";
import { isProvisioning } from "../states";
import { type Attempt, lockAttempt } from "./attempt";
import { setupMachine } from "./machine";
import { lockSetup, updateSetup } from "./repository";

type Ctx = CommandCtx<string | null>;
const BYTES_PER_GB = 1024 ** 3;
const MILLICORES_PER_CORE = 1_000;
/** A host that stops answering in the middle is, to the person, the same as one that never answered. */
const HOST_SILENT = "runtime.unavailable";

/**
 * A run takes the request up: pending becomes provisioning. The slot has been held since the request was made; it is asked for again, in case it
 * was lost. Repeating it changes nothing. @throws conflict region_full
 */
export const reserveSlot = defineChange("validators.reserve-slot", async (ctx: Ctx, input: Attempt) => {
  const setup = await lockAttempt(ctx, input);
  await holdSlot(actingFor(ctx, setup.organizationId), {
    regionCode: setup.regionCode,
    holder: subjectOf(setup.id),
    tierCode: setup.tierCode,
  });
  if (setup.status === "pending") {
    await move(ctx, setupMachine, setup, "provisioning", {
      patch: { statusMessage: "A slot is held.", releasedAt: null },
    });
  }
});

/** Writes the volume's and the node's rows; a repeated step finds those of the first. */
export const recordPlacement = defineChange(
  "validators.record-placement",
  async (ctx: Ctx, input: Attempt & { readonly placement: Placement }) => {
    const setup = await lockAttempt(ctx, input);
    // The region's own row: an operator may have changed what was seeded.
    const { tiers } = await getRegion(ctx, { regionCode: setup.regionCode });
    const tier = tiers.find((offered) => offered.code === setup.tierCode);
    if (!tier) throw new Error(`setup request ${setup.id} has the unknown tier ${setup.tierCode}`);
    const volume = await insertVolumeIfMissing(ctx.tx, {
      id: validatorsDomain.newId("volume"),
      organizationId: setup.organizationId,
      setupRequestId: setup.id,
      hostKind: input.placement.runtime,
    });
    const { runtime, ...files } = input.placement;
    const node = await insertNodeIfMissing(ctx.tx, {
      id: validatorsDomain.newId("node"),
      organizationId: setup.organizationId,
      setupRequestId: setup.id,
      volumeId: volume.id,
      networkId: setup.networkId,
      hostKind: volume.hostKind,
      desiredState: "running",
      status: "starting",
      statusMessage: "Placed; not started yet.",
      operation: "provision",
      operationStartedAt: ctx.now,
      ...files,
      cpuMillicores: tier.cpuCores * MILLICORES_PER_CORE,
      memoryBytes: tier.memoryGb * BYTES_PER_GB,
    });
    ctx.audit({
      action: "validators.node.placed",
      targetType: "node",
      targetId: node.id,
      organizationId: setup.organizationId,
      details: {
        setupRequestId: setup.id,
        runtime: node.hostKind,
        requestedRuntime: runtime,
        binarySha256: node.binarySha256,
      },
    });
    return { nodeId: node.id, volumeId: volume.id, runtime: node.hostKind };
  },
);

/** Keeps the node's public key: provisioning becomes configuring. A second, different key is refused: the volume was swapped. */
export const recordPublicKey = defineChange(
  "validators.record-public-key",
  async (
    ctx: Ctx,
    input: Attempt & { readonly nodeId: string; readonly consensusPubkey: string; readonly p2pNodeId: string },
  ) => {
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
  },
);

/** The key is proven and the node in sync: the person may sign. */
export const recordReady = defineChange(
  "validators.record-ready",
  async (
    ctx: Ctx,
    input: Attempt & { readonly nodeId: string; readonly provenPubkey: string; readonly heightBlocks: string },
  ) => {
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
  },
);

/** Ends an attempt with a sentence and starts giving back what it held. A newer attempt or a settled request is left alone. */
export const recordSetupFailed = defineChange(
  "validators.record-setup-failed",
  async (ctx: Ctx, input: Attempt & { readonly errorCode: string; readonly errorMessage: string }) => {
    const setup = await lockSetup(ctx.tx, null, input.setupRequestId);
    if (!setup) throw setupRequestNotFound(input.setupRequestId);
    if (setup.generation !== input.generation || !isProvisioning(setup.status)) {
      ctx.audit({
        action: "validators.setup_request.late_failure_ignored",
        targetType: "setup_request",
        targetId: setup.id,
        organizationId: setup.organizationId,
        details: { errorCode: input.errorCode, generation: input.generation },
      });
      return { isFailed: false };
    }
    const errorCode = input.errorCode === HOST_SILENT ? RUNTIME_UNAVAILABLE : input.errorCode;
    await move(ctx, setupMachine, setup, "failed", {
      reason: errorCode,
      patch: { statusMessage: input.errorMessage, errorMessage: input.errorMessage, failedAt: ctx.now },
      story: {
        type: "failed",
        step: setup.currentStep,
        message: input.errorMessage,
        details: { code: errorCode },
      },
    });
    await ctx.emit(setupFailed, {
      setupRequestId: setup.id,
      organizationId: setup.organizationId,
      generation: setup.generation,
    });
    return { isFailed: true };
  },
);
