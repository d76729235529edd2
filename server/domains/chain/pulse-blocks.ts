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
export function pulseBlocks(
  rows: readonly AbsenceRow[],
  range: { readonly from: bigint; readonly to: bigint },
): readonly PulseBlock[] {
  const byHeight = new Map(rows.map((row) => [row.heightBlocks, row]));
  return Array.from({ length: Number(range.to - range.from) + 1 }, (_, index) => {
    const height = range.from + BigInt(index);
    const row = byHeight.get(height);
    const heightBlocks = Number(height);
    if (row === undefined) return { heightBlocks, state: "unknown" as const };
    const base = { heightBlocks, at: row.blockAt.toISOString() };
    return row.absent === 0
      ? { ...base, state: "signed" as const }
      : { ...base, state: "missed" as const, note: `${row.absent} of ${row.setSize} missing` };
  });
}
