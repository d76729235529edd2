import { transactionInFlight } from "@/server/domains/chain";
import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { setupRequestNotFound } from "../errors";
import { setupCancelled } from "../events";
import { findLiveNodeOf } from "../nodes/repository";
import { SetupRequestRef } from "../schemas";
import { setupMachine } from "./machine";
import { lockSetup } from "./repository";
import { SetupRequestView } from "./schemas";
import { toSetupView } from "./to-view";

async function cancel(ctx: CommandCtx<string | null>, setupRequestId: string, words: string) {
  const setup = await lockSetup(ctx.tx, ctx.organizationId, setupRequestId);
  if (!setup) throw setupRequestNotFound(setupRequestId);
  // The validator may already exist on the chain: removing its node now would have it jailed.
  if (setup.status === "chain_tx_pending") throw transactionInFlight(setup.chainTxHash);
  const cancelled = await move(ctx, setupMachine, setup, "cancelled", {
    patch: { statusMessage: `${words}.`, errorMessage: null, cancelledAt: ctx.now },
    story: {
      type: "cancelled",
      step: setup.currentStep,
      message: setup.runMode === "local" ? `${words}.` : `${words}; giving back node, volume and slot.`,
    },
  });
  await ctx.emit(setupCancelled, {
    setupRequestId: setup.id,
    organizationId: setup.organizationId,
    generation: setup.generation,
  });
  return toSetupView(cancelled, await findLiveNodeOf(ctx.tx, setup.id), { chain: null, now: ctx.now });
}

/**
 * Gives a setup up. What it held (node, volume, slot) is given back by the release function; a step under way ends first.
 * @throws invalid_state validators.invalid_transition, conflict chain.transaction_in_flight
 */
export const cancelSetupRequest = defineCommand({
  verb: "validators.cancel-setup-request",
  scope: "validators:write",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: SetupRequestRef,
  output: SetupRequestView,
  run: (ctx, input) =>
    cancel(ctx, input.setupRequestId, ctx.organizationId === null ? "Cancelled by an operator" : "Cancelled"),
});
