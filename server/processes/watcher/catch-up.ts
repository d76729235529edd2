import { getSyncCursor, recordBlocks, recordGap } from "@/server/domains/chain";
import { BACKFILL_BLOCKS } from "@/server/domains/chain/constants";
import { conflict, isAppError } from "@/server/kernel/errors";
import type { ChainBlock } from "@/server/ports/chain-node";
import { type FinalBlock, finalBlock } from "./final-block";
import type { Follow, FollowMemory } from "./follow-memory";

/** Blocks fetched and recorded at once while catching up; small, so that progress survives a kill. */
const BATCH_BLOCKS = 50;
const FETCH_CONCURRENCY = 8;
const MAX_KNOWN_SETS = 200;

type RecordedSet = {
  readonly setHash: string;
  readonly addresses: string[];
  readonly votingPowers: bigint[];
  readonly firstHeightBlocks: bigint;
};

/**
 * Records every final block from the cursor to the one below the tip: the tip's own signatures come with the block after it. What no endpoint
 * holds any more becomes a gap. Stops where the chain fails; the next call goes on there. @throws AppError
 */
export async function catchUp(follow: Follow, memory: FollowMemory, tipHeightBlocks: bigint): Promise<void> {
  memory.cursor ??= await readCursor(follow);
  const { cursor } = memory;
  let next = cursor.heightBlocks === null ? await firstHeight(follow, tipHeightBlocks) : cursor.heightBlocks + 1n;
  while (next < tipHeightBlocks && !follow.signal.aborted) {
    const last =
      next + BigInt(BATCH_BLOCKS) < tipHeightBlocks ? next + BigInt(BATCH_BLOCKS) - 1n : tipHeightBlocks - 1n;
    try {
      await recordRange(follow, memory, next, last, tipHeightBlocks);
      next = last + 1n;
    } catch (thrown) {
      if (isAppError(thrown) && thrown.code === "chain.blocks_not_contiguous") memory.cursor = undefined;
      const lostUntil = lostBefore(thrown, next);
      if (lostUntil === undefined) throw thrown;
      await declareLost(follow, memory, next, lostUntil);
      next = lostUntil + 1n;
    }
  }
}

async function readCursor(follow: Follow): Promise<NonNullable<FollowMemory["cursor"]>> {
  const { contiguousHeightBlocks, hash } = await getSyncCursor(follow.ctx, { networkId: follow.networkId });
  return { heightBlocks: contiguousHeightBlocks, hash };
}

/** Where a network that was never followed begins: the last 10,000 blocks, or what the chain still has of them. */
async function firstHeight(follow: Follow, tipHeightBlocks: bigint): Promise<bigint> {
  const { earliestHeightBlocks } = await follow.node.status({ maxAgeMs: 0, signal: follow.signal });
  const wanted = tipHeightBlocks - BigInt(BACKFILL_BLOCKS);
  const lowest = earliestHeightBlocks < 1n ? 1n : earliestHeightBlocks;
  return wanted > lowest ? wanted : lowest;
}

async function recordRange(
  follow: Follow,
  memory: FollowMemory,
  from: bigint,
  to: bigint,
  tipHeightBlocks: bigint,
): Promise<void> {
  const blocks = await fetchBlocks(follow, memory, from, to + 1n);
  const [first] = blocks;
  const recordedHash = memory.cursor?.hash ?? null;
  if (first && recordedHash !== null && first.lastCommit?.blockHash !== recordedHash) throw otherHistory(from - 1n);
  const finals: FinalBlock[] = [];
  const newSets = new Map<string, RecordedSet>();
  for (const [index, block] of blocks.slice(0, -1).entries()) {
    const following = blocks[index + 1];
    if (following === undefined) break;
    finals.push(finalBlock(block, following, await addressesOf(follow, memory, newSets, block)));
    if (block.nextValidatorsHash !== block.validatorsHash) memory.isFactsDue = true;
  }
  const tip = blocks.at(-1);
  const last = finals.at(-1);
  if (tip === undefined || last === undefined) return;
  await recordBlocks(follow.ctx, {
    networkId: follow.networkId,
    via: memory.via ?? "polling",
    tipHeightBlocks,
    tipAt: tip.blockAt,
    sets: [...newSets.values()],
    blocks: finals,
  });
  // Only what is in the rows counts as known: a batch that failed brings its sets again.
  for (const set of newSets.values()) rememberSet(memory, set);
  memory.cursor = { heightBlocks: last.heightBlocks, hash: last.hash };
  memory.ahead = tip;
  memory.recordedAtMs = performance.now();
}

async function addressesOf(
  follow: Follow,
  memory: FollowMemory,
  newSets: Map<string, RecordedSet>,
  block: ChainBlock,
): Promise<readonly string[]> {
  const known = memory.sets.get(block.validatorsHash) ?? newSets.get(block.validatorsHash)?.addresses;
  if (known !== undefined) return known;
  const validators = await follow.node.consensusValidators(block.heightBlocks, { signal: follow.signal, maxAgeMs: 0 });
  const addresses = validators.map((validator) => validator.consensusAddressHex);
  newSets.set(block.validatorsHash, {
    setHash: block.validatorsHash,
    addresses,
    votingPowers: validators.map((validator) => validator.votingPower),
    firstHeightBlocks: block.heightBlocks,
  });
  return addresses;
}

function rememberSet(memory: FollowMemory, set: RecordedSet): void {
  memory.sets.set(set.setHash, set.addresses);
  const oldest = memory.sets.keys().next();
  if (memory.sets.size > MAX_KNOWN_SETS && oldest.done !== true) memory.sets.delete(oldest.value);
}

/** Blocks of the heights in order, a few at a time; the one that was fetched ahead is not asked for again. */
async function fetchBlocks(
  follow: Follow,
  memory: FollowMemory,
  from: bigint,
  to: bigint,
): Promise<readonly ChainBlock[]> {
  const blocks: ChainBlock[] = [];
  const heights = Array.from({ length: Number(to - from) + 1 }, (_, index) => from + BigInt(index));
  for (let start = 0; start < heights.length; start += FETCH_CONCURRENCY) {
    const chunk = heights
      .slice(start, start + FETCH_CONCURRENCY)
      .map(async (height) =>
        memory.ahead?.heightBlocks === height
          ? memory.ahead
          : follow.node.block(height, { signal: follow.signal, maxAgeMs: 0 }),
      );
    blocks.push(...(await Promise.all(chunk)));
  }
  return blocks;
}

/** Last height that is lost when every endpoint says that it begins later; undefined when nothing is lost. */
function lostBefore(thrown: unknown, from: bigint): bigint | undefined {
  if (!isAppError(thrown) || thrown.code !== "chain.block_not_found") return undefined;
  const earliest = thrown.details.earliestHeightBlocks;
  if (typeof earliest !== "string" || BigInt(earliest) <= from) return undefined;
  return BigInt(earliest) - 1n;
}

async function declareLost(follow: Follow, memory: FollowMemory, from: bigint, to: bigint): Promise<void> {
  await recordGap(follow.ctx, {
    networkId: follow.networkId,
    fromHeightBlocks: from,
    toHeightBlocks: to,
    reason: `Every endpoint of the network begins at block ${to + 1n}; older blocks are pruned.`,
  });
  memory.cursor = { heightBlocks: to, hash: null };
  memory.ahead = undefined;
}

const otherHistory = (heightBlocks: bigint) =>
  conflict(
    "chain.history_mismatch",
    "The chain tells another history than the one recorded. Check the network's endpoints.",
    {
      details: { heightBlocks: heightBlocks.toString() },
    },
  );
