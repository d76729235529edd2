import type { NetworkFile } from "@/server/ports/binary-store";
import type { ChainNetwork } from "@/server/ports/chain-node";
import type { EndpointRow, NetworkRow } from "./repository";
import type { Network, NetworkEndpoint } from "./schemas";

/** A network's row as everybody sees it; quarantined URLs are left out, so that no caller can use one. */
export function toNetwork(row: NetworkRow, endpoints: readonly EndpointRow[]): Network {
  const urls = (kind: "rpc" | "rest"): string[] =>
    endpoints
      .filter((endpoint) => endpoint.networkId === row.id && endpoint.kind === kind && endpoint.state !== "quarantined")
      .map((endpoint) => endpoint.url);
  return {
    id: row.id,
    chainId: row.chainId,
    kind: row.kind,
    displayName: row.displayName,
    status: row.status,
    isDefault: row.isDefault,
    bech32: row.bech32,
    coinType: row.coinType,
    baseDenom: row.baseDenom,
    displayDenom: row.displayDenom,
    denomExponent: row.denomExponent,
    gasPriceSteps: row.gasPriceSteps,
    rpcUrls: urls("rpc"),
    restUrls: urls("rest"),
    seeds: [...row.seeds],
    persistentPeers: [...row.persistentPeers],
    genesisUrl: row.genesisUrl,
    genesisSha256: row.genesisSha256,
    currentBinaryVersion: row.currentBinaryVersion,
    releases: row.releases.map(({ version, os, arch, url, sha256 }) => ({ version, os, arch, url, sha256 })),
    stateSyncRpcUrls: [...row.stateSyncRpcUrls],
    takesNodes: row.status === "active" && row.releases.length > 0 && genesisOf(row) !== null,
    hasFaucet: row.localnetHome !== null,
    explorerUrl: row.explorerUrl,
    faucetUrl: row.faucetUrl,
  };
}

/** The genesis file that is on record; null without its address, or without the SHA-256 that it is held against. */
export function genesisOf(row: Pick<NetworkRow, "genesisUrl" | "genesisPath" | "genesisSha256">): NetworkFile | null {
  const { genesisUrl: url, genesisPath: path, genesisSha256: sha256 } = row;
  return sha256 === null || (url === null && path === null) ? null : { url, path, sha256 };
}

/** A localnet runs beside us, by its kind and not by its address; everything else is somewhere on the internet. */
export const reachOf = (kind: Network["kind"]): ChainNetwork["reach"] => (kind === "localnet" ? "own" : "public");

/** A network as the chain-node port wants it. */
export function toChainNetwork(
  network: Pick<Network, "id" | "chainId" | "kind" | "rpcUrls" | "restUrls" | "bech32" | "baseDenom" | "gasPriceSteps">,
): ChainNetwork {
  const { account, validator, consensus } = network.bech32;
  return {
    networkId: network.id,
    chainId: network.chainId,
    rpcUrls: network.rpcUrls,
    restUrls: network.restUrls,
    bech32: { account, validator, consensus },
    reach: reachOf(network.kind),
    baseDenom: network.baseDenom,
    gasPriceFloor: network.gasPriceSteps.low,
  };
}

/** An endpoint's row as operators see it. */
export function toEndpoint(row: EndpointRow): NetworkEndpoint {
  return {
    id: row.id,
    kind: row.kind,
    url: row.url,
    state: row.state,
    reason: row.reason,
    latencyMs: row.latencyMs,
    consecutiveFailures: row.consecutiveFailures,
    checkedAt: row.checkedAt?.toISOString() ?? null,
  };
}
