import type { BlockRange } from "./block-range";
import type { SigningRow } from "./repository";
import type { RecentSigning } from "./schemas";
import { signingCells } from "./signing-cells";

/*
 * The rule: how it signs now is told by the newest blocks in a row that it all signed or all missed. A block that it was not in the set for, and
 * one that is not kept, end the row: what was before says nothing of now.
 */

/** How the newest blocks of the range were signed by the validator whose rows these are, oldest first. */
export function recentSigning(rows: readonly SigningRow[], range: BlockRange): RecentSigning {
  const cells = signingCells(rows, range);
  const [first, last] = [rows[0], rows.at(-1)];
  const base = {
    newestAt: last?.blockAt ?? null,
    averageBlockMs:
      first && last && last.heightBlocks > first.heightBlocks
        ? (last.blockAt.getTime() - first.blockAt.getTime()) / Number(last.heightBlocks - first.heightBlocks)
        : null,
    asked: cells.filter(({ state }) => state === "signed" || state === "missed").length,
    missed: cells.filter(({ state }) => state === "missed").length,
  };
  const newest = cells.at(-1)?.state;
  if (newest !== "signed" && newest !== "missed") return { ...base, run: null };
  const before = cells.findLastIndex(({ state }) => state !== newest);
  const begin = rows.find(({ heightBlocks }) => heightBlocks === range.from + BigInt(before + 1));
  return {
    ...base,
    run: {
      isMissed: newest === "missed",
      blocks: cells.length - 1 - before,
      since: before === -1 || begin === undefined ? null : begin.blockAt,
    },
  };
}
