import { defineCommand, defineQuery } from "@/server/kernel/verbs";
import { blocksNotContiguous } from "../errors";
import { requireNetwork } from "../networks/require-network";
import { GetNetworkInput } from "../networks/schemas";
import { findBlockHash, findState, insertGap, lockState, updateState } from "./repository";
import { RecordGapInput } from "./schemas";

/** Where recording goes on: the last height that is kept or known to be lost, and that block's hash; nulls before the first. */
export const getSyncCursor = defineQuery({
  verb: "chain.get-sync-cursor",
  scope: "platform:read",
  tenancy: "platform",
  input: GetNetworkInput,
  run: async (ctx, input) => {
    const network = await requireNetwork(ctx.db, input.networkId);
    const contiguousHeightBlocks = (await findState(ctx.db, network.id))?.contiguousHeightBlocks ?? null;
    if (contiguousHeightBlocks === null) return { contiguousHeightBlocks: null, hash: null };
    return { contiguousHeightBlocks, hash: (await findBlockHash(ctx.db, network.id, contiguousHeightBlocks)) ?? null };
  },
});

/** Says that blocks right after the cursor can be had from nobody any more, and moves the cursor behind them; the grid shows them as unknown. */
export const recordGap = defineCommand({
  verb: "chain.record-gap",
  scope: "platform:write",
  tenancy: "platform",
  input: RecordGapInput,
  run: async (ctx, input) => {
    const network = await requireNetwork(ctx.tx, input.networkId);
    const state = await lockState(ctx.tx, network.id, ctx.now);
    const expected = state.contiguousHeightBlocks === null ? input.fromHeightBlocks : state.contiguousHeightBlocks + 1n;
    if (input.fromHeightBlocks !== expected || input.toHeightBlocks < input.fromHeightBlocks) {
      throw blocksNotContiguous(expected, input.fromHeightBlocks);
    }
    const { fromHeightBlocks, toHeightBlocks, reason } = input;
    await insertGap(ctx.tx, { networkId: network.id, fromHeightBlocks, toHeightBlocks, reason, recordedAt: ctx.now });
    await updateState(ctx.tx, network.id, {
      firstHeightBlocks: state.firstHeightBlocks ?? fromHeightBlocks,
      contiguousHeightBlocks: toHeightBlocks,
      updatedAt: ctx.now,
    });
    ctx.audit({
      action: "chain.gap.recorded",
      targetType: "network",
      targetId: network.id,
      details: { fromHeightBlocks: fromHeightBlocks.toString(), toHeightBlocks: toHeightBlocks.toString(), reason },
    });
    return { contiguousHeightBlocks: toHeightBlocks.toString() };
  },
});
