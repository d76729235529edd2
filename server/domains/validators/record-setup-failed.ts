import { z } from "zod";
import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { RUNTIME_UNAVAILABLE, setupRequestNotFound } from "./errors";
import { setupFailed } from "./events";
import { AttemptRef } from "./lock-attempt";
import { setupMachine } from "./machines";
import { lockSetup } from "./repository";
import { isProvisioning } from "./states";

/** A host that stops answering in the middle is, to the person, the same as one that never answered. */
const HOST_SILENT = "runtime.unavailable";

/** Ends an attempt with a sentence and starts giving back what it held. A newer attempt or a settled request is left alone. */
export const recordSetupFailed = defineCommand({
  verb: "validators.record-setup-failed",
  scope: "platform:write",
  tenancy: "platform",
  input: AttemptRef.extend({ errorCode: z.string(), errorMessage: z.string() }),
  run: async (ctx, input) => {
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
});
