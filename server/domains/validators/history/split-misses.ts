import { consensusAddressHexOf } from "@/lib/chain/key-address";
import { startOfStep } from "@/lib/start-of-step";
import { listMissesAfter } from "@/server/domains/chain";
import type { CommandCtx } from "@/server/kernel/context";
import { toAppError } from "@/server/kernel/errors";
import { pagesById, SweepPage } from "@/server/kernel/pages-by-id";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { LOOK_GAP_SECONDS, MISS_BLOCKS_AT_ONCE, MISS_SETTLES_SECONDS, type MissCause } from "../constants";
import { listSetupsOnChain } from "../requests/repository";
import { missCause } from "./miss-cause";
import { addMisses, listSpells, lockMissCursor, moveMissCursor } from "./repository";

const HOUR_MS = 3_600_000;

type SplitInput = { readonly setupRequestId: string; readonly networkId: string; readonly consensusPubkey: string };

/** Gives the next misses of one validator their causes; each is counted once, since the height is written with the counts. */
const splitMissesOf = defineChange(
  "validators.split-misses-of",
  async (ctx: CommandCtx<string | null>, { setupRequestId, networkId, consensusPubkey }: SplitInput) => {
    const afterHeightBlocks = await lockMissCursor(ctx.tx, setupRequestId);
    const { misses, readToHeightBlocks } = await listMissesAfter(
      ctx.tx,
      { networkId, consensusAddressHex: consensusAddressHexOf(consensusPubkey) },
      {
        afterHeightBlocks,
        until: new Date(ctx.now.getTime() - MISS_SETTLES_SECONDS * 1_000),
        blocks: MISS_BLOCKS_AT_ONCE,
      },
    );
    if (readToHeightBlocks === null) return { split: 0 };
    const [first, last] = [misses[0], misses.at(-1)];
    if (first !== undefined && last !== undefined) {
      const marginMs = LOOK_GAP_SECONDS * 1_000;
      const rows = await listSpells(ctx.tx, setupRequestId, {
        from: new Date(first.fromMs - marginMs),
        to: new Date(last.toMs + marginMs),
      });
      const spells = rows.map(({ condition, beganAt, lastLookAt }) => ({
        condition,
        beganMs: beganAt.getTime(),
        lastLookMs: lastLookAt.getTime(),
      }));
      const counts = new Map<string, { hourAt: Date; cause: MissCause; missedBlocks: number }>();
      for (const miss of misses) {
        const cause = missCause(miss, spells);
        const hourAt = new Date(startOfStep(miss.fromMs, HOUR_MS));
        const key = `${hourAt.toISOString()} ${cause}`;
        const count = counts.get(key) ?? { hourAt, cause, missedBlocks: 0 };
        counts.set(key, { ...count, missedBlocks: count.missedBlocks + 1 });
      }
      await addMisses(ctx.tx, setupRequestId, [...counts.values()]);
    }
    await moveMissCursor(ctx.tx, setupRequestId, readToHeightBlocks);
    return { split: misses.length };
  },
  { telemetry: true },
);

/** Gives the misses of every validator that is ours their causes, by how its node was looked at then. Repeats safely. */
export const splitMisses = defineFlow<Ports>()({
  verb: "validators.split-misses",
  scope: "platform:write",
  tenancy: "platform",
  input: SweepPage,
  run: async (ctx, { pageSize }) => {
    let split = 0;
    for await (const page of pagesById(pageSize, (afterId) => listSetupsOnChain(ctx.db, afterId, pageSize))) {
      for (const { id: setupRequestId, networkId, consensusPubkey, status } of page) {
        if (status !== "active" || consensusPubkey === null) continue;
        try {
          split += (await splitMissesOf(ctx, { setupRequestId, networkId, consensusPubkey })).split;
        } catch (thrown) {
          // One validator's rows must not keep the others from theirs.
          ctx.logger.error(
            { setupRequestId, err: thrown, code: toAppError(thrown).code },
            "validators.split_misses.failed",
          );
        }
      }
    }
    return { split };
  },
});
