import { decAtomics } from "@/lib/chain/dec";
import { toAppError } from "@/server/kernel/errors";
import type { ChainSlash, ChainValidator } from "@/server/ports/chain-node";
import type { Follow, FollowMemory, Stake } from "./follow-memory";

/** Blocks between two looks that are searched; a look that comes later than that tells by difference. */
const SEARCHED_BLOCKS = 50n;

/** Whether a share is worth less than before: a slash, or what rounding leaves. */
const isWorthLess = (before: Stake, now: Stake): boolean =>
  now.tokensBaseUnits * decAtomics(before.delegatorShares) < before.tokensBaseUnits * decAtomics(now.delegatorShares);

/**
 * The penalties between the look before and this one, from the results of the blocks; empty where nothing lost worth, and where the results cannot
 * be read: the look's own difference tells then. Blocks are asked only when there is something to find.
 */
export async function findSlashes(
  follow: Follow,
  memory: FollowMemory,
  validators: readonly ChainValidator[],
  heightBlocks: bigint,
): Promise<readonly (ChainSlash & { readonly heightBlocks: bigint })[]> {
  const { lastLook } = memory;
  const stakes = new Map(validators.map((one) => [one.operatorAddress, one]));
  memory.lastLook = { heightBlocks, stakes };
  if (lastLook === undefined || heightBlocks - lastLook.heightBlocks > SEARCHED_BLOCKS) return [];
  const hasLoss = validators.some((now) => {
    const before = lastLook.stakes.get(now.operatorAddress);
    return before !== undefined && isWorthLess(before, now);
  });
  if (!hasLoss) return [];
  const found: (ChainSlash & { heightBlocks: bigint })[] = [];
  try {
    for (let height = lastLook.heightBlocks; height <= heightBlocks; height += 1n) {
      const slashes = await follow.node.slashes(height, { signal: follow.signal });
      found.push(...slashes.map((slash) => ({ ...slash, heightBlocks: height })));
    }
    return found;
  } catch (thrown) {
    const { code, kind } = toAppError(thrown);
    if (kind === "internal") throw thrown;
    follow.ctx.logger.warn({ networkId: follow.networkId, code }, "chain.slashes.not_read");
    return [];
  }
}
