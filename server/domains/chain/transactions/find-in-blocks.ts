import { fromBase64 } from "@cosmjs/encoding";
import type { Executor } from "@/db/client";
import { transactionHashOf } from "@/lib/chain/build-transaction";
import { isAppError } from "@/server/kernel/errors";
import type { ChainBlock, ChainNode, ChainTxResult } from "@/server/ports/chain-node";
import { findEmptyBlocksSince } from "../blocks/repository";

/** A block's time is its voters' clocks, not ours. */
const CLOCK_MARGIN_MS = 120_000;
/** Blocks that one look reads at most, and at once. */
const MAX_BLOCKS = 3_000;
const AT_ONCE = 8;

export type BlockScan = {
  /** Null while no block that was read has it; `result` is null where no node keeps what the block came to. */
  readonly found: { readonly heightBlocks: bigint; readonly result: ChainTxResult | null } | null;
  /** Every block from `since` up to this one was read; null when one of them could not be. */
  readonly readToBlocks: bigint | null;
};

/**
 * Looks for a transaction in the blocks themselves, the newest first, by hashing what is in them: true without any node's index. Blocks that the
 * watcher recorded as empty are passed over, and what is not recorded is read.
 */
export async function findInBlocks(
  db: Executor,
  chain: ChainNode,
  wanted: { readonly networkId: string; readonly txHash: string; readonly since: Date },
): Promise<BlockScan> {
  const since = new Date(wanted.since.getTime() - CLOCK_MARGIN_MS);
  const { latestHeightBlocks: tip } = await chain.status({ maxAgeMs: 0 });
  const { floor, empty } = await findEmptyBlocksSince(db, wanted.networkId, since);
  const lowest = floor === null ? 1n : floor + 1n;
  let height = tip;
  let read = 0;
  while (height >= lowest) {
    const heights: bigint[] = [];
    for (; height >= lowest && heights.length < AT_ONCE; height -= 1n) if (!empty.has(height)) heights.push(height);
    read += heights.length;
    if (read > MAX_BLOCKS) return { found: null, readToBlocks: null };
    const blocks = await Promise.all(heights.map((one) => blockOrNull(chain, one)));
    for (const block of blocks) {
      if (block === null) return { found: null, readToBlocks: null };
      const index = block.txsBase64.findIndex((tx) => transactionHashOf(fromBase64(tx)) === wanted.txHash);
      if (index !== -1) return { found: await resultOf(chain, block, index), readToBlocks: tip };
      if (new Date(block.blockAt) < since) return { found: null, readToBlocks: tip };
    }
  }
  return { found: null, readToBlocks: tip };
}

/** Null where nobody holds the block any more. */
async function blockOrNull(chain: ChainNode, heightBlocks: bigint): Promise<ChainBlock | null> {
  try {
    return await chain.block(heightBlocks);
  } catch (thrown) {
    if (isAppError(thrown) && thrown.kind === "not_found") return null;
    throw thrown;
  }
}

async function resultOf(chain: ChainNode, { heightBlocks }: ChainBlock, index: number) {
  try {
    const results = await chain.blockResults(heightBlocks);
    return { heightBlocks, result: results[index] ?? null };
  } catch (thrown) {
    if (isAppError(thrown) && thrown.code === "chain.results_not_kept") return { heightBlocks, result: null };
    throw thrown;
  }
}
