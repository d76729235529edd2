import type { Transaction } from "@/db/client";
import { serverNotFound } from "../errors";
import { lockServer, type ServerRow } from "./repository";

/** The region's server, under its lock. @throws not_found regions.server_not_found, also for a server of another region */
export async function requireServer(
  tx: Transaction,
  { regionCode, serverId }: { readonly regionCode: string; readonly serverId: string },
): Promise<ServerRow> {
  const found = await lockServer(tx, serverId);
  if (!found || found.regionCode !== regionCode) throw serverNotFound(serverId);
  return found.server;
}
