import type { CommandCtx } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import { PROVISION_STEPS, type ProvisionStepId } from "../constants";
import { setupRequestNotFound, superseded } from "../errors";
import { isGivenUp, isProvisioning } from "../states";
import { noteEvent } from "../story/note-event";
import { lockSetup, type SetupRow, updateSetup } from "./repository";

/** Names the attempt that acts: a step of an older generation, or of a request that was given up, must not act any more. */
export type Attempt = { readonly setupRequestId: string; readonly generation: number };
type AtStep = Attempt & { readonly step: ProvisionStepId };
type Ctx = CommandCtx<string | null>;

/**
 * The request's row for what one attempt found out, locked. A step may end long after it began, so this is asked again when it records: what a
 * cancelled or failed request held may be given back already, and a late word must not bring it to life.
 * @throws not_found validators.setup_request_not_found, conflict validators.superseded
 */
export async function lockAttempt({ tx }: Pick<Ctx, "tx">, attempt: Attempt): Promise<SetupRow> {
  const setup = await lockSetup(tx, null, attempt.setupRequestId);
  if (!setup) throw setupRequestNotFound(attempt.setupRequestId);
  if (setup.generation !== attempt.generation || isGivenUp(setup.status)) throw superseded();
  return setup;
}

const wordsOf = (id: ProvisionStepId) => {
  const index = PROVISION_STEPS.findIndex((step) => step.id === id);
  const step = PROVISION_STEPS[index];
  if (!step) throw new Error(`unknown step ${id}`);
  return { ...step, percentBefore: PROVISION_STEPS[index - 1]?.percentWhenDone ?? 0 };
};

/**
 * Opens a step of provisioning: refuses when a newer attempt or a cancellation took over, else shows the step as running. Repeating a step
 * (after a crash) shows it as started again; it changes nothing that anybody acts on.
 * @throws conflict validators.superseded
 */
export const beginStep = defineChange(
  "validators.begin-step",
  async (ctx: Ctx, input: AtStep) => {
    const setup = await lockAttempt(ctx, input);
    if (!isProvisioning(setup.status)) throw superseded();
    const { id, sentence, percentBefore } = wordsOf(input.step);
    await updateSetup(ctx.tx, setup.id, {
      currentStep: id,
      progressPercent: Math.max(setup.progressPercent, percentBefore),
      statusMessage: sentence,
      provisioningStartedAt: setup.provisioningStartedAt ?? ctx.now,
      updatedAt: ctx.now,
    });
    await noteEvent(ctx, setup, { type: "started", step: id, message: sentence });
  },
  { telemetry: true },
);

/** Closes a step: the bar moves, the story gets its line. */
export const endStep = defineChange(
  "validators.end-step",
  async (ctx: Ctx, input: AtStep & { readonly message: string }) => {
    const setup = await lockSetup(ctx.tx, null, input.setupRequestId);
    if (!setup || setup.generation !== input.generation) return;
    await updateSetup(ctx.tx, setup.id, {
      progressPercent: Math.max(setup.progressPercent, wordsOf(input.step).percentWhenDone),
      updatedAt: ctx.now,
    });
    await noteEvent(ctx, setup, { type: "completed", step: input.step, message: input.message });
  },
  { telemetry: true },
);

/** Says how far a long step is, without ending it. */
export const noteProgress = defineChange(
  "validators.note-progress",
  async (
    ctx: Ctx,
    input: AtStep & { readonly message: string; readonly details?: Readonly<Record<string, string | null>> },
  ) => {
    const setup = await lockAttempt(ctx, input);
    if (!isProvisioning(setup.status)) throw superseded();
    await updateSetup(ctx.tx, setup.id, { statusMessage: input.message, updatedAt: ctx.now });
    await noteEvent(ctx, setup, {
      type: "progress",
      step: input.step,
      message: input.message,
      ...(input.details ? { details: input.details } : {}),
    });
  },
  { telemetry: true },
);
