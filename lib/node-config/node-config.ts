import { isPrivateHost, parsePeer } from "./peers";
import { type TomlEdit, tomlString } from "./toml-lines";

/** Where the node's listeners go; each host decides (loopback for a child process, the private container network for a container). */
export type NodeListeners = {
  readonly rpcUrl: string;
  readonly p2pUrl: string;
  /** `host:port` of CometBFT's Prometheus listener. */
  readonly metricsAddress: string;
};

/** A light-client checkpoint that the operator trusts; only public networks have one. */
export type StateSyncAnchor = {
  readonly rpcServers: readonly string[];
  readonly trustHeight: string;
  readonly trustHash: string;
};

/** The network's pace in milliseconds; `vote` is prevote and precommit. */
export type ConsensusTimeouts = {
  readonly proposeMs: number;
  readonly proposeDeltaMs: number;
  readonly voteMs: number;
  readonly voteDeltaMs: number;
  readonly commitMs: number;
};

export type NodeConfigInput = {
  readonly chainId: string;
  readonly moniker: string;
  readonly persistentPeers: readonly string[];
  readonly seeds: readonly string[];
  readonly minimumGasPrices: string;
  readonly consensusTimeouts?: ConsensusTimeouts | undefined;
  readonly stateSync?: StateSyncAnchor | undefined;
  readonly listeners: NodeListeners;
};

/** Edits by file of `<home>/config`. */
export type NodeConfigEdits = {
  readonly "config.toml": readonly TomlEdit[];
  readonly "app.toml": readonly TomlEdit[];
  readonly "client.toml": readonly TomlEdit[];
};

/** How many blocks CometBFT looks back for its own signatures before it joins consensus (ADR-051); a restart inside them panics on purpose. */
export const DOUBLE_SIGN_CHECK_BLOCKS = 10;
const PRUNING_KEEP_RECENT_BLOCKS = 100;
const PRUNING_INTERVAL_BLOCKS = 10;
/** CometBFT refuses a state-sync trust period of two or more unbonding periods; a week is inside every unbonding time in use. */
const STATE_SYNC_TRUST_PERIOD = "168h0m0s";
const MONIKER_MAX_BYTES = 70;

/**
 * The moniker as the node announces it to peers. CometBFT (p2p/node_info.go, v0.38) refuses peers whose moniker is not printable ASCII, so other
 * characters become `?` here; the chain's own record keeps the moniker as the person wrote it.
 */
export function peerMoniker(moniker: string): string {
  const printable = [...moniker].map((character) => (/^[\x20-\x7e]$/.test(character) ? character : "?")).join("");
  const trimmed = printable.trim().slice(0, MONIKER_MAX_BYTES);
  return trimmed === "" ? "validator" : trimmed;
}

function onlyPeers(name: string, texts: readonly string[]): string {
  for (const text of texts)
    if (parsePeer(text) === null) throw new Error(`${name} holds "${text}", which is no nodeid@host:port.`);
  return texts.join(",");
}

function isPrivateNetwork(peers: readonly string[]): boolean {
  return peers.every((text) => isPrivateHost(parsePeer(text)?.host ?? ""));
}

function edit(section: string, values: Readonly<Record<string, string | number | boolean>>): TomlEdit[] {
  return Object.entries(values).map(([key, value]) => ({
    section,
    key,
    value: typeof value === "string" ? tomlString(value) : String(value),
  }));
}

function stateSyncEdits(anchor: StateSyncAnchor | undefined): TomlEdit[] {
  if (anchor === undefined) return edit("statesync", { enable: false });
  return edit("statesync", {
    enable: true,
    rpc_servers: anchor.rpcServers.join(","),
    trust_hash: anchor.trustHash,
    trust_period: STATE_SYNC_TRUST_PERIOD,
  }).concat({ section: "statesync", key: "trust_height", value: String(BigInt(anchor.trustHeight)) });
}

function timeoutEdits(timeouts: ConsensusTimeouts | undefined): TomlEdit[] {
  if (timeouts === undefined) return [];
  return edit("consensus", {
    timeout_propose: `${timeouts.proposeMs}ms`,
    timeout_propose_delta: `${timeouts.proposeDeltaMs}ms`,
    timeout_prevote: `${timeouts.voteMs}ms`,
    timeout_prevote_delta: `${timeouts.voteDeltaMs}ms`,
    timeout_precommit: `${timeouts.voteMs}ms`,
    timeout_precommit_delta: `${timeouts.voteDeltaMs}ms`,
    timeout_commit: `${timeouts.commitMs}ms`,
  });
}

function cometEdits(input: NodeConfigInput): TomlEdit[] {
  const isPrivate = isPrivateNetwork([...input.persistentPeers, ...input.seeds]);
  return [
    ...edit("", { moniker: peerMoniker(input.moniker) }),
    ...edit("rpc", { laddr: input.listeners.rpcUrl, grpc_laddr: "", pprof_laddr: "", unsafe: false }),
    ...edit("p2p", {
      laddr: input.listeners.p2pUrl,
      persistent_peers: onlyPeers("persistentPeers", input.persistentPeers),
      seeds: onlyPeers("seeds", input.seeds),
      // Peers of a private network are its own sentries: no gossip of addresses, and several of them may share one IP.
      pex: !isPrivate,
      addr_book_strict: !isPrivate,
      allow_duplicate_ip: isPrivate,
    }),
    ...stateSyncEdits(input.stateSync),
    ...timeoutEdits(input.consensusTimeouts),
    ...edit("consensus", { double_sign_check_height: DOUBLE_SIGN_CHECK_BLOCKS }),
    ...edit("tx_index", { indexer: "null" }),
    ...edit("instrumentation", {
      prometheus: true,
      prometheus_listen_addr: input.listeners.metricsAddress,
      namespace: "cometbft",
    }),
  ];
}

function appEdits(input: NodeConfigInput): TomlEdit[] {
  return [
    ...edit("", {
      "minimum-gas-prices": input.minimumGasPrices,
      pruning: "custom",
      "pruning-keep-recent": String(PRUNING_KEEP_RECENT_BLOCKS),
      "pruning-interval": String(PRUNING_INTERVAL_BLOCKS),
    }),
    ...edit("api", { enable: false, swagger: false, address: "tcp://127.0.0.1:1317", "enabled-unsafe-cors": false }),
    ...edit("grpc", { enable: false, address: "127.0.0.1:9090" }),
    ...edit("grpc-web", { enable: false }),
    ...edit("state-sync", { "snapshot-interval": 0 }),
  ];
}

/**
 * The product's baseline for a validator node as edits of the files that `posd init` wrote: RPC where the host says and nothing else open but
 * P2P, no transaction index, metrics on, pruned, guarded against double signing. Without `consensusTimeouts` they stay as the binary set them.
 * Throws an Error that names the field when a peer is not `nodeid@host:port`.
 */
export function nodeConfigEdits(input: NodeConfigInput): NodeConfigEdits {
  return {
    "config.toml": cometEdits(input),
    "app.toml": appEdits(input),
    "client.toml": edit("", {
      "chain-id": input.chainId,
      "keyring-backend": "file",
      node: input.listeners.rpcUrl.replace("0.0.0.0", "127.0.0.1"),
    }),
  };
}
