import type { ChainNode } from "@/server/ports/chain-node";
import type { NodeSpec } from "@/server/ports/node-host";

/** Old enough that the snapshots on offer are younger, young enough for every unbonding time in use (CometBFT's guide to state sync). */
const TRUST_BACK_BLOCKS = 2_000n;

/**
 * The block that a new node's light client begins with, where the network offers snapshots; null for one that is too young to have any, and for
 * one without RPC servers to hold them against. CometBFT wants two servers; one that is alone is given twice.
 */
export async function trustedBlock(
  chain: Pick<ChainNode, "status" | "block">,
  rpcUrls: readonly string[],
): Promise<NonNullable<NodeSpec["stateSync"]> | null> {
  const [first] = rpcUrls;
  if (first === undefined) return null;
  const { latestHeightBlocks, earliestHeightBlocks } = await chain.status({ maxAgeMs: 0 });
  const heightBlocks = latestHeightBlocks - TRUST_BACK_BLOCKS;
  if (heightBlocks <= earliestHeightBlocks || heightBlocks < 1n) return null;
  const block = await chain.block(heightBlocks);
  return {
    rpcServers: rpcUrls.length === 1 ? [first, first] : [...rpcUrls],
    trustHeight: heightBlocks.toString(),
    trustHash: block.hash,
  };
}
