import type { NodeSpec } from "@/server/ports/node-host";
import type { NodeRow } from "./repository";

/** What a host needs to make this node: the row's pinned files and limits, the request's moniker as data. */
export function nodeSpecOf(node: NodeRow, facts: { moniker: string; chainId: string }): NodeSpec {
  return {
    nodeId: node.id,
    volumeId: node.volumeId,
    chainId: facts.chainId,
    moniker: facts.moniker,
    binary: { path: node.binaryPath, sha256: node.binarySha256, version: node.binaryVersion },
    genesis: { path: node.genesisPath, sha256: node.genesisSha256 },
    persistentPeers: node.persistentPeers,
    seeds: [],
    minimumGasPrices: node.minimumGasPrices,
    cpuMillicores: node.cpuMillicores,
    memoryBytes: node.memoryBytes,
    pidsLimit: PIDS_LIMIT,
    ...(node.consensusTimeouts === null ? {} : { consensusTimeouts: node.consensusTimeouts }),
  };
}

/** Threads and processes a node may have; posd uses about forty. */
const PIDS_LIMIT = 512;
