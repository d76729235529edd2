import { startOfStep } from "@/lib/start-of-step";
import { defineCommand } from "@/server/kernel/verbs";
import type { BlockRange } from "../blocks/block-range";
import { findState, lockState, type StateRow, updateState } from "../blocks/repository";
import { ROLL_UP_BLOCKS, SAMPLE_MINUTES } from "../constants";
import { listNetworkRows } from "../networks/repository";
import { addToHours, sampleValidators } from "./repository";
import { RollUpInput } from "./schemas";

/** A look of the watcher that is older than this says nothing of now. */
const LOOK_IS_OLD_AFTER_MS = SAMPLE_MINUTES * 60_000;

/** Heights that are recorded, or known as a gap, and not counted yet; null when all are. */
function nextRange(state: StateRow): BlockRange | null {
  const { contiguousHeightBlocks: newest, firstHeightBlocks: first, countedToHeightBlocks: counted } = state;
  if (newest === null || first === null) return null;
  const from = counted === null ? first : counted + 1n;
  const most = from + BigInt(ROLL_UP_BLOCKS) - 1n;
  return from > newest ? null : { from, to: most < newest ? most : newest };
}

/**
 * Adds what was recorded since the last time to the hours of each network, and keeps how every validator stands. Blocks are added once however
 * often this runs: the height that is counted to is written with the counts, under the lock that orders recording. At most {@link ROLL_UP_BLOCKS}
 * a network and call; the next tick goes on.
 */
export const rollUpHistory = defineCommand({
  verb: "chain.roll-up-history",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: RollUpInput,
  run: async (ctx) => {
    const nowMs = ctx.now.getTime();
    let counted = 0;
    for (const { id: networkId } of await listNetworkRows(ctx.tx)) {
      if ((await findState(ctx.tx, networkId)) === undefined) continue;
      const state = await lockState(ctx.tx, networkId, ctx.now);
      const range = nextRange(state);
      if (range !== null) {
        await addToHours(ctx.tx, networkId, range);
        await updateState(ctx.tx, networkId, { countedToHeightBlocks: range.to });
        counted += Number(range.to - range.from) + 1;
      }
      if (state.syncedAt !== null && nowMs - state.syncedAt.getTime() < LOOK_IS_OLD_AFTER_MS) {
        const bucketMs = SAMPLE_MINUTES * 60_000;
        await sampleValidators(ctx.tx, networkId, new Date(startOfStep(nowMs, bucketMs)));
      }
    }
    return { countedBlocks: counted };
  },
});
