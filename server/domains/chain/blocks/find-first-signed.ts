import type { Executor } from "@/db/client";
import { findFirstSigned as find } from "./repository";

/** The first block with a key's signature, as it was recorded. */
export type FirstSigned = { readonly heightBlocks: bigint; readonly hash: string; readonly at: Date };

/** The first block that a key signed after a moment at which it had signed none; null before, and where the record has a hole. */
export async function findFirstSigned(
  db: Executor,
  key: { readonly networkId: string; readonly consensusAddressHex: string },
  since: Date,
): Promise<FirstSigned | null> {
  return (await find(db, key.networkId, key.consensusAddressHex, since)) ?? null;
}
