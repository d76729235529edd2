import type { Executor } from "@/db/client";
import { countMissesSince } from "./repository";

/** Blocks that asked for a validator's signature since then, and how many did not get it. */
type MissCount = { readonly asked: number; readonly missed: number };

/**
 * Counts of the recorded blocks of a network since then, by consensus address (upper-case hex); an address that no recorded block asked is not in
 * the answer.
 */
export const countRecentMisses = async (
  db: Executor,
  networkId: string,
  consensusAddressesHex: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, MissCount>> =>
  consensusAddressesHex.length === 0
    ? new Map()
    : new Map(
        (await countMissesSince(db, networkId, consensusAddressesHex, since)).map(({ address, asked, missed }) => [
          address,
          { asked, missed },
        ]),
      );
