import type { Executor } from "@/db/client";
import { networkNotFound } from "../errors";
import { findNetwork, type NetworkRow } from "./repository";

/** The network's row. @throws not_found chain.network_not_found */
export async function requireNetwork(db: Executor, ref: string): Promise<NetworkRow> {
  const row = await findNetwork(db, ref);
  if (!row) throw networkNotFound(ref);
  return row;
}
