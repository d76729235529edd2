import type { Executor } from "@/db/client";
import { sumBonded } from "./repository";

/** The stake that makes each network's voting power, as recorded last; a network of which nothing is recorded is not in the answer. */
export const bondedStakeOf = async (
  db: Executor,
  networkIds: readonly string[],
): Promise<ReadonlyMap<string, bigint>> =>
  new Map((await sumBonded(db, networkIds)).map(({ networkId, tokens }) => [networkId, BigInt(tokens)]));
