import { z } from "zod";
import { wordsText } from "@/server/kernel/text";
import { defineCommand } from "@/server/kernel/verbs";
import { setupRequestNotFound } from "./errors";
import { setupFailed } from "./events";
import { noteEvent } from "./note-event";
import { lockSetup } from "./repository";
import { SetupRequestId } from "./schemas";
import { toSetupView } from "./to-view";
import { transitionSetup } from "./transition-setup";

/** An operator gives an attempt up by hand; what it held is given back. */
export const markSetupFailed = defineCommand({
  verb: "validators.mark-setup-failed",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({ setupRequestId: SetupRequestId, reason: wordsText(3, 500) }),
  run: async (ctx, input) => {
    const setup = await lockSetup(ctx.tx, null, input.setupRequestId);
    if (!setup) throw setupRequestNotFound(input.setupRequestId);
    const failed = await transitionSetup(ctx, setup, "failed", {
      statusMessage: `Marked as failed by an operator: ${input.reason}`,
      errorCode: "validators.marked_failed",
      errorMessage: `Marked as failed by an operator: ${input.reason}`,
      failedAt: ctx.now,
    });
    await noteEvent(ctx, setup, {
      type: "failed",
      step: setup.currentStep,
      message: `Marked as failed by an operator: ${input.reason}`,
    });
    await ctx.emit(setupFailed, {
      setupRequestId: setup.id,
      organizationId: setup.organizationId,
      generation: setup.generation,
    });
    return toSetupView(failed, undefined);
  },
});
