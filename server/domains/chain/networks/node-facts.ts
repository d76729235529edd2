import type { Executor } from "@/db/client";
import type { NetworkFiles } from "@/server/ports/binary-store";
import { requireNetwork } from "./require-network";
import { genesisOf, reachOf } from "./to-network";

/** What a node of this network is made of: its files, its first peers, its pace. @throws not_found chain.network_not_found */
export async function nodeFactsOf(db: Executor, networkId: string) {
  const row = await requireNetwork(db, networkId);
  const files: NetworkFiles = {
    chainId: row.chainId,
    currentVersion: row.currentBinaryVersion,
    releases: row.releases,
    genesis: genesisOf(row),
    reach: reachOf(row.kind),
  };
  const { persistentPeers, seeds, consensusTimeouts, stateSyncRpcUrls } = row;
  return { files, persistentPeers, seeds, consensusTimeouts, stateSyncRpcUrls };
}
