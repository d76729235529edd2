import type { ChainNetwork, ChainNode, ChainNodes } from "@/server/ports/chain-node";
import { cosmosChainNode } from "./cosmos-chain-node";
import { EndpointPool, type OnQuarantined } from "./endpoint-pool";
import { askRestChainId } from "./rest-api";
import { askRpcChainId } from "./rpc-api";

/** Networks and single nodes that are kept at once; the one that was asked for longest ago goes first. */
const MAX_POOLS = 1_000;

/** ChainNodes over HTTP: CometBFT RPC and the SDK's REST. `onQuarantined` is told once per endpoint that is another chain's. */
export function createCosmosChainNodes(settings: {
  readonly onQuarantined: OnQuarantined;
  readonly nowMs?: () => number;
}): ChainNodes {
  const nowMs = settings.nowMs ?? Date.now;
  const kept = new Map<string, { readonly description: string; readonly node: ChainNode }>();

  const make = (network: ChainNetwork): ChainNode => {
    const pool = new EndpointPool({
      network,
      nowMs,
      onQuarantined: settings.onQuarantined,
      askChainId: (endpoint, limits) =>
        endpoint.kind === "rpc" ? askRpcChainId(endpoint, limits) : askRestChainId(endpoint, limits),
    });
    return cosmosChainNode(network, pool, nowMs);
  };

  return {
    forNetwork: (network) => {
      const description = JSON.stringify(network);
      const existing = kept.get(network.networkId);
      const entry = existing?.description === description ? existing : { description, node: make(network) };
      kept.delete(network.networkId);
      kept.set(network.networkId, entry);
      const oldest = kept.keys().next();
      if (kept.size > MAX_POOLS && oldest.done !== true) kept.delete(oldest.value);
      return entry.node;
    },
    close: async () => kept.clear(),
  };
}
