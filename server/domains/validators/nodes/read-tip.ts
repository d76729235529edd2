import { getChainStatus, networkOf } from "@/server/domains/chain";
import type { ServiceCtx } from "@/server/kernel/context";
import { isAppError } from "@/server/kernel/errors";
import type { Ports } from "@/server/ports/ports";

/** The network's newest height as its endpoints tell it; null while none answers. */
export async function askTip(ctx: ServiceCtx<Ports>, networkId: string): Promise<bigint | null> {
  const { network } = await networkOf(ctx, networkId);
  try {
    return (await ctx.ports.chains.forNetwork(network).status({ maxAgeMs: 1_000 })).latestHeightBlocks;
  } catch (thrown) {
    if (isAppError(thrown)) return null;
    throw thrown;
  }
}

/** The same, or the height that the watcher recorded last while none answers: what bounds a sign state. */
export async function boundingTip(ctx: ServiceCtx<Ports>, networkId: string): Promise<bigint | null> {
  const asked = await askTip(ctx, networkId);
  if (asked !== null) return asked;
  const { tipHeightBlocks } = await getChainStatus(ctx, { networkId });
  return tipHeightBlocks === null ? null : BigInt(tipHeightBlocks);
}
