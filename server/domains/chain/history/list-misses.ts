import type { Executor } from "@/db/client";
import { findState } from "../blocks/repository";
import { listMissedBlocks } from "./repository";

/** A block that a validator did not sign, and the time in which its signature would have been given: from its own time to the next block's. */
export type Miss = { readonly heightBlocks: bigint; readonly fromMs: number; readonly toMs: number };

/**
 * Misses of one validator in the recorded blocks after that height, at most `blocks` of them and none from after `until`, and the height that is
 * read to with them: null while nothing newer can be read. A height above what is recorded is another chain's, and reading begins anew.
 */
export async function listMissesAfter(
  db: Executor,
  of: { readonly networkId: string; readonly consensusAddressHex: string },
  range: { readonly afterHeightBlocks: bigint | null; readonly until: Date; readonly blocks: number },
): Promise<{ readonly readToHeightBlocks: bigint | null; readonly misses: readonly Miss[] }> {
  const state = await findState(db, of.networkId);
  const newest = state?.contiguousHeightBlocks ?? null;
  const first = state?.firstHeightBlocks ?? null;
  if (newest === null || first === null) return { readToHeightBlocks: null, misses: [] };
  const after = range.afterHeightBlocks;
  const from = after === null || after > newest ? first : after + 1n;
  const rows = await listMissedBlocks(db, { ...of, fromHeightBlocks: from, ...range });
  return {
    readToHeightBlocks: rows.at(-1)?.heightBlocks ?? null,
    misses: rows.flatMap(({ heightBlocks, blockAt, nextAt, isMissed }) =>
      isMissed ? [{ heightBlocks, fromMs: blockAt.getTime(), toMs: nextAt.getTime() }] : [],
    ),
  };
}
