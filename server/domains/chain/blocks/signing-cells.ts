import type { z } from "zod";
import { type BlockRange, cellsOf } from "./block-range";
import type { SigningRow } from "./repository";
import type { SigningCell } from "./schemas";

/*
 * The rule: a block that is kept was signed (a vote for nil too, as the slashing module counts), missed, or made by a set without the validator;
 * a block that is not kept is unknown, never missed.
 */

/** One cell for every height of the range, oldest first. */
export const signingCells = (rows: readonly SigningRow[], range: BlockRange): z.infer<typeof SigningCell>[] =>
  cellsOf(rows, range, ({ letter }) => ({ state: stateOf(letter) }));

function stateOf(letter: string | null): "signed" | "missed" | "absent" {
  if (letter === null) return "absent";
  return letter === "a" ? "missed" : "signed";
}
