import { type BlockRange, cellsOf } from "./block-range";
import type { PulseBlock } from "./schemas";

/*
 * The rule: a kept block that the whole set signed is `signed`, one that somebody did not sign is `missed` with how many; a block that is not
 * kept is `unknown`. A vote for nil counts as signed, as in the slashing module.
 */

/** What the records hold of one block. */
export type AbsenceRow = {
  readonly heightBlocks: bigint;
  readonly blockAt: Date;
  readonly setSize: number;
  readonly absent: number;
};

/** One block for every height of the range, oldest first. */
export const pulseBlocks = (rows: readonly AbsenceRow[], range: BlockRange): PulseBlock[] =>
  cellsOf(rows, range, ({ absent, setSize }) =>
    absent === 0 ? { state: "signed" as const } : { state: "missed" as const, note: `${absent} of ${setSize} missing` },
  );
