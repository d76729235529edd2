import type { Executor } from "@/db/client";
import { listNetworkRows } from "./repository";

/** The chain id of every network here, by our id of it. */
export const chainIdsByNetwork = async (db: Executor): Promise<ReadonlyMap<string, string>> =>
  new Map((await listNetworkRows(db)).map(({ id, chainId }) => [id, chainId]));

/** As people call each network here, the default one first. */
export const networkNames = async (
  db: Executor,
): Promise<readonly { readonly id: string; readonly displayName: string }[]> =>
  (await listNetworkRows(db)).map(({ id, displayName }) => ({ id, displayName }));
