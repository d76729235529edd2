import { fromBase64 } from "@cosmjs/encoding";
import type { ChainNode } from "@/server/ports/chain-node";
import { inclusionOf } from "../chain-actor";

/** Brings signed bytes to a block by the chain alone, as another program of the wallet's owner would. */
export async function broadcastElsewhere(chain: ChainNode, txBytesBase64: string): Promise<void> {
  const { txHash } = await chain.broadcast(fromBase64(txBytesBase64));
  const { code, rawLog } = await inclusionOf(chain, txHash);
  if (code !== 0) throw new Error(`the chain refused it: ${rawLog}`);
}
