import { defineCommand } from "@/server/kernel/verbs";
import { RETAINED_BLOCKS } from "../constants";
import { blocksNotContiguous, historyMismatch, signaturesUnfit } from "../errors";
import { requireNetwork } from "../networks/require-network";
import {
  findBlockHash,
  insertBlocks,
  insertSets,
  listSetSizes,
  lockState,
  notifyChain,
  pruneBlocks,
  updateState,
} from "./repository";
import { RecordBlocksInput } from "./schemas";

/** Pruning is done once in so many blocks. */
const PRUNE_EVERY_BLOCKS = 1_000n;

/**
 * Keeps final blocks with who signed them and moves the cursor, which never passes a height that is neither kept nor in a recorded gap. What is
 * kept already is skipped when its hash is the same, so that a batch may be sent twice.
 * @throws invalid_state chain.blocks_not_contiguous, conflict chain.history_mismatch, upstream_rejected chain.signatures_unfit
 */
export const recordBlocks = defineCommand({
  verb: "chain.record-blocks",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: RecordBlocksInput,
  run: async (ctx, input) => {
    const network = await requireNetwork(ctx.tx, input.networkId);
    const state = await lockState(ctx.tx, network.id, ctx.now);
    const cursor = state.contiguousHeightBlocks;
    for (const [index, block] of input.blocks.entries()) {
      const before = input.blocks[index - 1];
      if (before && block.heightBlocks !== before.heightBlocks + 1n) {
        throw blocksNotContiguous(before.heightBlocks + 1n, block.heightBlocks);
      }
      if (cursor === null || block.heightBlocks > cursor) continue;
      const kept = await findBlockHash(ctx.tx, network.id, block.heightBlocks);
      if (kept !== undefined && kept !== block.hash) throw historyMismatch(block.heightBlocks);
    }
    const fresh = input.blocks.filter((block) => cursor === null || block.heightBlocks > cursor);
    const [first] = fresh;
    const last = fresh.at(-1);
    if (first === undefined || last === undefined) return { contiguousHeightBlocks: cursor?.toString() ?? null };
    if (cursor !== null && first.heightBlocks !== cursor + 1n)
      throw blocksNotContiguous(cursor + 1n, first.heightBlocks);

    await insertSets(
      ctx.tx,
      input.sets.map((set) => ({ ...set, networkId: network.id })),
    );
    const sizes = new Map(
      (await listSetSizes(ctx.tx, network.id, [...new Set(fresh.map((block) => block.setHash))])).map((set) => [
        set.setHash,
        set.size,
      ]),
    );
    const unfit = fresh.find((block) => sizes.get(block.setHash) !== block.signatures.length);
    if (unfit) throw signaturesUnfit(unfit.heightBlocks);
    await insertBlocks(
      ctx.tx,
      fresh.map((block) => ({ ...block, networkId: network.id })),
    );

    await updateState(ctx.tx, network.id, {
      firstHeightBlocks: state.firstHeightBlocks ?? first.heightBlocks,
      contiguousHeightBlocks: last.heightBlocks,
      tipHeightBlocks: input.tipHeightBlocks,
      tipAt: input.tipAt,
      via: input.via,
      updatedAt: ctx.now,
    });
    if (last.heightBlocks / PRUNE_EVERY_BLOCKS !== (first.heightBlocks - 1n) / PRUNE_EVERY_BLOCKS) {
      await pruneBlocks(ctx.tx, network.id, last.heightBlocks - BigInt(RETAINED_BLOCKS));
    }
    await notifyChain(ctx.tx, { networkId: network.id, heightBlocks: last.heightBlocks.toString() });
    return { contiguousHeightBlocks: last.heightBlocks.toString() };
  },
});
