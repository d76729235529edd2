import { z } from "zod";
import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import { UNSIGNED_NODE_EXPIRES_AFTER_HOURS } from "../constants";
import { setupCancelled } from "../events";
import { waitsUnsignedUntil } from "../states";
import { setupMachine } from "./machine";
import { listSetupsReadyBefore, lockSetup } from "./repository";

const BATCH = 100;
const SENTENCE = `Nobody signed within ${UNSIGNED_NODE_EXPIRES_AFTER_HOURS} hours after the node was ready, so node and slot were given back. Set the validator up again when you can sign.`;

/** Ends one request that waits unsigned for too long; a signature that came in meanwhile has moved it on, and it stays. */
const expireSetup = defineChange(
  "validators.expire-unsigned-setup",
  async (ctx: CommandCtx<string | null>, input: { readonly setupRequestId: string }) => {
    const setup = await lockSetup(ctx.tx, null, input.setupRequestId);
    const until = setup === undefined ? null : waitsUnsignedUntil(setup);
    if (setup === undefined || until === null || until > ctx.now) {
      ctx.audit({
        action: "validators.setup_request.expiry_overtaken",
        targetType: "setup_request",
        targetId: input.setupRequestId,
        organizationId: setup?.organizationId ?? null,
      });
      return { isExpired: false };
    }
    await move(ctx, setupMachine, setup, "cancelled", {
      reason: "validators.signature_overdue",
      patch: { statusMessage: SENTENCE, errorMessage: SENTENCE, cancelledAt: ctx.now },
      story: { type: "cancelled", step: setup.currentStep, message: SENTENCE },
    });
    await ctx.emit(setupCancelled, {
      setupRequestId: setup.id,
      organizationId: setup.organizationId,
      generation: setup.generation,
    });
    return { isExpired: true };
  },
);

/** Gives back the nodes that have waited for a signature beyond their time; a part of the sweep of setups. */
export const expireUnsignedSetups = defineFlow<unknown>()({
  verb: "validators.expire-unsigned-setups",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({}),
  run: async (ctx) => {
    let expired = 0;
    const readyBefore = new Date(ctx.now().getTime() - UNSIGNED_NODE_EXPIRES_AFTER_HOURS * 3_600_000);
    for (const { id: setupRequestId } of await listSetupsReadyBefore(ctx.db, readyBefore, BATCH)) {
      if ((await expireSetup(ctx, { setupRequestId })).isExpired) expired += 1;
    }
    return { expired };
  },
});
