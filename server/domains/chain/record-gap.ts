import { defineCommand } from "@/server/kernel/verbs";
import { blocksNotContiguous } from "./errors";
import { insertGap, lockState, updateState } from "./repository";
import { requireNetwork } from "./require-network";
import { RecordGapInput } from "./schemas";

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
