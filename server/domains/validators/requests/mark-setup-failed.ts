import { z } from "zod";
import { move } from "@/server/kernel/machine";
import { wordsText } from "@/server/kernel/text";
import { defineCommand } from "@/server/kernel/verbs";
import { setupRequestNotFound } from "../errors";
import { setupFailed } from "../events";
import { SetupRequestId } from "../schemas";
import { setupMachine } from "./machine";
import { lockSetup } from "./repository";
import { SetupRequestView } from "./schemas";
import { toSetupView } from "./to-view";

/** An operator gives an attempt up by hand; what it held is given back. */
export const markSetupFailed = defineCommand({
  verb: "validators.mark-setup-failed",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({ setupRequestId: SetupRequestId, reason: wordsText(3, 500) }),
  output: SetupRequestView,
  run: async (ctx, input) => {
    const setup = await lockSetup(ctx.tx, null, input.setupRequestId);
    if (!setup) throw setupRequestNotFound(input.setupRequestId);
    const message = `Marked as failed by an operator: ${input.reason}`;
    const failed = await move(ctx, setupMachine, setup, "failed", {
      reason: "validators.marked_failed",
      patch: { statusMessage: message, errorMessage: message, failedAt: ctx.now },
      story: { type: "failed", step: setup.currentStep, message },
    });
    await ctx.emit(setupFailed, {
      setupRequestId: setup.id,
      organizationId: setup.organizationId,
      generation: setup.generation,
    });
    return toSetupView(failed, undefined, { chain: null, now: ctx.now });
  },
});
