import { networkOf } from "@/server/domains/chain";
import type { CommandCtx, ServiceCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { defineChange } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { keyMismatch, setupRequestNotFound } from "../errors";
import { readValidatorOnChain } from "./ask-chain";
import { setupMachine } from "./machine";
import { lockSetup } from "./repository";
import { requireAnySetup } from "./setup-facts";

/** The chain shows the operator with our public key: only then is the validator active. @throws upstream_rejected validators.key_mismatch */
const activateSetup = defineChange(
  "validators.activate-setup",
  async (ctx: CommandCtx<string | null>, input: { readonly setupRequestId: string; readonly chainPubkey: string }) => {
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
      return;
    }
    await move(ctx, setupMachine, setup, "active", {
      patch: {
        statusMessage: "The chain shows this validator with the node's key.",
        completedAt: ctx.now,
        errorMessage: null,
      },
      story: { type: "completed", message: "The chain shows the validator with this node's key." },
    });
  },
);

/** Active if, and only if, the chain's own state shows our operator with our public key; never because a client says so. */
export async function confirmOnChain(
  ctx: ServiceCtx<Ports>,
  { setupRequestId }: { readonly setupRequestId: string },
): Promise<{ isActive: boolean }> {
  const setup = await requireAnySetup(ctx.db, setupRequestId);
  const { network } = await networkOf(ctx, setup.networkId);
  const shown = await readValidatorOnChain(ctx.ports, network, setup.operatorAddress, { maxAgeMs: 0 });
  if (shown === null || shown.consensusPubkey !== setup.consensusPubkey) return { isActive: false };
  await activateSetup(ctx, { setupRequestId: setup.id, chainPubkey: shown.consensusPubkey });
  return { isActive: true };
}
