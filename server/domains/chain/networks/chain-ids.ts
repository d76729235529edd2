import type { Executor } from "@/db/client";
import { listNetworkRows } from "./repository";

/** The chain id of every network here, by our id of it. */
export const chainIdsByNetwork = async (db: Executor): Promise<ReadonlyMap<string, string>> =>
  new Map((await listNetworkRows(db)).map(({ id, chainId }) => [id, chainId]));
