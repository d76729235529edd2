import type { z } from "zod";
import type { SigningRow } from "./repository";
import type { SigningCell } from "./schemas";

/*
 * The rule: a block that is kept was signed (a vote for nil too, as the slashing module counts), missed, or made by a set without the validator;
 * a block that is not kept is unknown, never missed.
 */

/** One cell for every height of the range, oldest first. */
export function signingCells(
  rows: readonly SigningRow[],
  range: { readonly from: bigint; readonly to: bigint },
): z.infer<typeof SigningCell>[] {
  const byHeight = new Map(rows.map((row) => [row.heightBlocks, row]));
  const length = Number(range.to - range.from) + 1;
  return Array.from({ length }, (_, index) => {
    const height = range.from + BigInt(index);
    const row = byHeight.get(height);
    const heightBlocks = Number(height);
    if (row === undefined) return { heightBlocks, state: "unknown" as const };
    return { heightBlocks, state: stateOf(row.letter), at: row.blockAt.toISOString() };
  });
}

function stateOf(letter: string | null): "signed" | "missed" | "absent" {
  if (letter === null) return "absent";
  return letter === "a" ? "missed" : "signed";
}
