import { holdSlot } from "@/server/domains/regions";
import { actingFor, type CommandCtx } from "@/server/kernel/context";
import { conflict } from "@/server/kernel/errors";
import { move } from "@/server/kernel/machine";
import { violatedUniqueIndex } from "@/server/kernel/serialization-retry";
import { defineCommand } from "@/server/kernel/verbs";
import { subjectOf } from "../constants";
import { operatorTaken, retriesUsedUp, setupRequestNotFound } from "../errors";
import { setupRequested } from "../events";
import { SetupRequestRef } from "../schemas";
import { setupMachine } from "./machine";
import { lockSetup } from "./repository";
import { SetupRequestView } from "./schemas";
import { assertMayBegin } from "./setup-limits";
import { toSetupView } from "./to-view";

async function retry(ctx: CommandCtx<string | null>, setupRequestId: string) {
  const setup = await lockSetup(ctx.tx, ctx.organizationId, setupRequestId);
  if (!setup) throw setupRequestNotFound(setupRequestId);
  if (setup.status === "failed" && setup.retryCount >= setup.maxRetries) throw retriesUsedUp();
  if (setup.status === "failed" && setup.releasedAt === null) {
    throw conflict(
      "validators.still_cleaning_up",
      "What the failed attempt left is still being removed. Try again in a moment.",
    );
  }
  await assertMayBegin(ctx, { organizationId: setup.organizationId, userId: setup.createdByUserId });
  const generation = setup.generation + 1;
  const isLocal = setup.runMode === "local";
  const again = await move(ctx, setupMachine, setup, "pending", {
    patch: {
      statusMessage: isLocal
        ? "Waiting for your machine to prove its node's key."
        : "Waiting for a place in the queue.",
      generation,
      retryCount: setup.retryCount + 1,
      currentStep: null,
      progressPercent: 0,
      consensusPubkey: null,
      errorMessage: null,
      failedAt: null,
      releasedAt: null,
      // The time that an attempt may take begins with the attempt, not with the first one.
      provisioningStartedAt: ctx.now,
      provisioningCompletedAt: null,
    },
    story: { type: "retry", message: `Attempt ${generation}.` },
  }).catch((thrown: unknown) => {
    // Another live request took the operator address meanwhile.
    if (violatedUniqueIndex(thrown) === "validator_setup_requests_live_operator_uq")
      throw operatorTaken(setup.operatorAddress);
    throw thrown;
  });
  // Nothing of ours has to be made for a node on a machine of its owner.
  if (isLocal) return toSetupView(again, undefined, { chain: null, now: ctx.now });
  await holdSlot(actingFor(ctx, setup.organizationId), {
    regionCode: setup.regionCode,
    holder: subjectOf(setup.id),
    tierCode: setup.tierCode,
  });
  await ctx.emit(setupRequested, { setupRequestId: setup.id, organizationId: setup.organizationId, generation });
  return toSetupView(again, undefined, { chain: null, now: ctx.now });
}

/** Tries a failed request again, from the start, while retries are left. @throws invalid_state validators.retries_used_up, limit_exceeded validators.too_many_setups, conflict region_full */
export const retrySetupRequest = defineCommand({
  verb: "validators.retry-setup-request",
  scope: "validators:write",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: SetupRequestRef,
  output: SetupRequestView,
  run: (ctx, input) => retry(ctx, input.setupRequestId),
});
