import type { Executor } from "@/db/client";
import { countSlashes } from "./repository";

/** How often the chain slashed each validator of a network since then, by operator; one that is not in the answer was not slashed. */
export const countRecentSlashes = async (
  db: Executor,
  networkId: string,
  since: Date,
): Promise<ReadonlyMap<string, number>> =>
  new Map(
    (await countSlashes(db, networkId, since)).flatMap(({ operatorAddress, slashes }) =>
      operatorAddress === null ? [] : [[operatorAddress, slashes] as const],
    ),
  );
