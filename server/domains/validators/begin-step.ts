import { z } from "zod";
import { defineCommand } from "@/server/kernel/verbs";
import { PROVISION_STEPS, type ProvisionStepId } from "./constants";
import { superseded } from "./errors";
import { AttemptRef, lockAttempt } from "./lock-attempt";
import { noteEvent } from "./note-event";
import { lockSetup, updateSetup } from "./repository";
import { isProvisioning } from "./states";

const stepIds = PROVISION_STEPS.map((step) => step.id);
const StepId = z.enum(stepIds as [ProvisionStepId, ...ProvisionStepId[]]);

/**
 * Opens a step of provisioning: refuses when a newer attempt or a cancellation took over, else shows the step as running. Repeating a step
 * (after a crash) shows it as started again; it changes nothing that anybody acts on.
 * @throws conflict validators.superseded
 */
export const beginStep = defineCommand({
  verb: "validators.begin-step",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: AttemptRef.extend({ step: StepId }),
  run: async (ctx, input) => {
    const setup = await lockAttempt(ctx, input);
    if (!isProvisioning(setup.status)) throw superseded();
    const index = PROVISION_STEPS.findIndex((step) => step.id === input.step);
    const step = PROVISION_STEPS[index];
    if (!step) throw new Error(`unknown step ${input.step}`);
    const before = PROVISION_STEPS[index - 1]?.percentWhenDone ?? 0;
    await updateSetup(ctx.tx, setup.id, {
      currentStep: step.id,
      progressPercent: Math.max(setup.progressPercent, before),
      statusMessage: step.sentence,
      provisioningStartedAt: setup.provisioningStartedAt ?? ctx.now,
      updatedAt: ctx.now,
    });
    await noteEvent(ctx, setup, { type: "started", step: step.id, message: step.sentence });
    return { status: setup.status };
  },
});

/** Closes a step: the bar moves, the story gets its line. */
export const endStep = defineCommand({
  verb: "validators.end-step",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: AttemptRef.extend({ step: StepId, message: z.string() }),
  run: async (ctx, input) => {
    const setup = await lockSetup(ctx.tx, null, input.setupRequestId);
    if (!setup || setup.generation !== input.generation) return {};
    const step = PROVISION_STEPS.find((known) => known.id === input.step);
    await updateSetup(ctx.tx, setup.id, {
      progressPercent: Math.max(setup.progressPercent, step?.percentWhenDone ?? 0),
      updatedAt: ctx.now,
    });
    await noteEvent(ctx, setup, { type: "completed", step: input.step, message: input.message });
    return {};
  },
});

/** Says how far a long step is, without ending it. */
export const noteProgress = defineCommand({
  verb: "validators.note-progress",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: AttemptRef.extend({ step: StepId, message: z.string(), percent: z.number().int().min(0).max(100).optional() }),
  run: async (ctx, input) => {
    const setup = await lockAttempt(ctx, input);
    if (!isProvisioning(setup.status)) throw superseded();
    await updateSetup(ctx.tx, setup.id, {
      statusMessage: input.message,
      progressPercent: Math.max(setup.progressPercent, input.percent ?? 0),
      updatedAt: ctx.now,
    });
    await noteEvent(ctx, setup, { type: "progress", step: input.step, message: input.message });
    return {};
  },
});
