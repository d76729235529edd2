import { networkOf } from "@/server/domains/chain";
import type { ServiceCtx } from "@/server/kernel/context";
import type { Ports } from "@/server/ports/ports";
import { activateSetup } from "./activate-setup";
import { readValidatorOnChain } from "./ask-chain";
import { getSetupForChain } from "./get-setup-for-chain";

/** Active if, and only if, the chain shows our operator with our public key. */
export async function confirmOnChain(
  ctx: ServiceCtx<Ports>,
  ref: { readonly setupRequestId: string },
): Promise<{ isActive: boolean }> {
  const setup = await getSetupForChain(ctx, { setupRequestId: ref.setupRequestId });
  const { network } = await networkOf(ctx, setup.networkId);
  const shown = await readValidatorOnChain(ctx, { network, operatorAddress: setup.operatorAddress, maxAgeMs: 0 });
  if (shown === null || shown.consensusPubkey !== setup.consensusPubkey) return { isActive: false };
  await activateSetup(ctx, { setupRequestId: setup.id, chainPubkey: shown.consensusPubkey });
  return { isActive: true };
}
