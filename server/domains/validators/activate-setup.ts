import { z } from "zod";
import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { keyMismatch, setupRequestNotFound } from "./errors";
import { setupMachine } from "./machines";
import { lockSetup } from "./repository";

/**
 * The chain shows the operator with our public key: only then is the validator active. Never called with what a client says; the pubkey is
 * what the chain's own state holds. @throws upstream_rejected validators.key_mismatch
 */
export const activateSetup = defineCommand({
  verb: "validators.activate-setup",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({ setupRequestId: z.string(), chainPubkey: z.string() }),
  run: async (ctx, input) => {
    const setup = await lockSetup(ctx.tx, null, input.setupRequestId);
    if (!setup) throw setupRequestNotFound(input.setupRequestId);
    if (setup.consensusPubkey !== input.chainPubkey) throw keyMismatch();
    if (setup.status === "active") {
      ctx.audit({
        action: "validators.setup_request.seen_again",
        targetType: "setup_request",
        targetId: setup.id,
        organizationId: setup.organizationId,
      });
      return { status: "active" as const };
    }
    await move(ctx, setupMachine, setup, "active", {
      patch: {
        statusMessage: "The chain shows this validator with the node's key.",
        completedAt: ctx.now,
        errorMessage: null,
      },
      story: { type: "completed", message: "The chain shows the validator with this node's key." },
    });
    return { status: "active" as const };
  },
});
