import type { ConsensusTimeouts } from "@/lib/node-config/node-config";
import type { CallOptions } from "./call-options";

/** Which kind of host runs the node: a supervised child process on this machine, or a container. */
export const NODE_HOST_KINDS = ["process", "docker"] as const;
export type NodeHostKind = (typeof NODE_HOST_KINDS)[number];

/** A file whose bytes are only trusted when their SHA-256 (hex) equals the stated one. */
export type PinnedFile = { readonly path: string; readonly sha256: string };

/**
 * Everything a host needs to make one validator node. All of it is data: user text (the moniker) is written into files or passed as one
 * argument, never into a shell. Consensus keys are absent on purpose: they are made inside the volume and stay there.
 */
export type NodeSpec = {
  /** Our id of the node, `node_<uuid>`; the idempotency label of everything made for it. */
  readonly nodeId: string;
  /** Volume that keeps keys, sign state and chain data; outlives the node across redeploys. */
  readonly volumeId: string;
  readonly chainId: string;
  readonly moniker: string;
  readonly binary: PinnedFile & { readonly version: string };
  readonly genesis: PinnedFile;
  /** `nodeid@host:port` each; hosts as reachable from this host (docker adapters translate loopback to the gateway). */
  readonly persistentPeers: readonly string[];
  readonly seeds: readonly string[];
  /** e.g. `0.025omniphi`. */
  readonly minimumGasPrices: string;
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
  readonly pidsLimit: number;
  /** The network's own pace; absent, what the binary's `init` wrote. A validator that waits longer than the others slows each block it proposes. */
  readonly consensusTimeouts?: ConsensusTimeouts;
  /** A light-client checkpoint that the operator trusts, for public networks; absent, the node replays from genesis. */
  readonly stateSync?: {
    readonly rpcServers: readonly string[];
    readonly trustHeight: string;
    readonly trustHash: string;
  };
};

export type NodeRunState = "absent" | "created" | "starting" | "running" | "stopped" | "crashed";

/** What the host says of a node now; `absent` only when the host answered and knows no such node (a silent host throws instead). */
export type NodeInspection = {
  readonly state: NodeRunState;
  /** Host's own reference (container id, or pid with start time); null when absent. */
  readonly runtimeRef: string | null;
  readonly startedAt: string | null;
  readonly exitCode: number | null;
  readonly restartCount: number;
  readonly endpoints: NodeEndpoints | null;
};

/** URLs as reachable from the control plane; only P2P is reachable from elsewhere. */
export type NodeEndpoints = { readonly rpcUrl: string; readonly p2pAddress: string };

/** CometBFT's last-sign-state: the watermark under which nothing may be signed again (height and round as decimal strings of int64). */
export type SignState = { readonly height: string; readonly round: number; readonly step: number };

/** Public facts that the node itself tells; `consensusPubkeyBase64` is the raw 32-byte ed25519 key. */
export type NodeIdentity = {
  readonly nodeId: string;
  readonly consensusPubkeyBase64: string;
};

export type NodeStats = {
  readonly cpuPercent: number | null;
  readonly memoryBytes: number | null;
  readonly volumeBytes: number | null;
  /** What the disk of the volume has left for us; null where the host cannot tell. */
  readonly volumeFreeBytes: number | null;
  readonly measuredAt: string;
};

export type NodeLogLine = { readonly at: string; readonly stream: "stdout" | "stderr"; readonly text: string };

/** What a host keeps for a volume across the node's life. */
export type VolumeInspection = {
  readonly exists: boolean;
  readonly initialised: boolean;
  readonly signState: SignState | null;
};

/**
 * One machine that can run nodes. Every method is idempotent by node or volume id: repeating it changes nothing. Throws only AppErrors of
 * kind `upstream_unavailable` (`runtime.unavailable`: the host does not answer), `upstream_rejected` (`runtime.<reason>`, e.g.
 * `runtime.checksum_mismatch`, `runtime.disk_full`), `timeout`, `not_found` (`runtime.node_not_found`), `rate_limited`.
 */
export type NodeHost = {
  readonly kind: NodeHostKind;
  /** Answers when the host is able to take work; throws with the reason when it is not. */
  ping(options?: CallOptions): Promise<{ readonly version: string }>;
  /** Makes the volume when it is not there; never touches an existing one. */
  ensureVolume(input: { volumeId: string; nodeId: string; sizeBytes: number }, options?: CallOptions): Promise<void>;
  inspectVolume(volumeId: string, options?: CallOptions): Promise<VolumeInspection>;
  /**
   * Writes home, config (baseline of the product), genesis and, when the volume has none, a fresh consensus key (0600) and node key, by the
   * binary's own `init`. On an initialised volume it rewrites config only and keeps keys and sign state. Checks both SHA-256 first and refuses
   * with `runtime.checksum_mismatch`, removing what it had copied.
   */
  initialise(spec: NodeSpec, options?: CallOptions): Promise<void>;
  /**
   * Asks the node's own binary (`posd comet show-validator`, `show-node-id`) inside the volume. Refuses a key that others on the host could read
   * with `runtime.private_key_exposed`, as `start` does.
   */
  readIdentity(spec: NodeSpec, options?: CallOptions): Promise<NodeIdentity>;
  /** Creates the node when absent and starts it; a second call finds the first one's node. */
  start(spec: NodeSpec, options?: CallOptions): Promise<NodeInspection>;
  /** Ends the node gracefully, by force after `graceSeconds`; resolves when it is no longer running. */
  stop(nodeId: string, input: { graceSeconds: number }, options?: CallOptions): Promise<NodeInspection>;
  /** Removes the node (stopped first); the volume stays unless `removeVolume`. */
  remove(nodeId: string, input: { volumeId: string; removeVolume: boolean }, options?: CallOptions): Promise<void>;
  inspect(nodeId: string, options?: CallOptions): Promise<NodeInspection>;
  /** Ids of all nodes and volumes that this installation made on the host, whatever their state; for orphan sweeps. */
  list(options?: CallOptions): Promise<{ readonly nodeIds: readonly string[]; readonly volumeIds: readonly string[] }>;
  stats(nodeId: string, options?: CallOptions): Promise<NodeStats>;
  /** Last `tail` lines, oldest first. */
  logs(nodeId: string, input: { tail: number }, options?: CallOptions): Promise<readonly NodeLogLine[]>;
  /** Follows from the last `tail` lines until the signal aborts or the node is removed. */
  followLogs(
    nodeId: string,
    input: { tail: number },
    options: CallOptions & { signal: AbortSignal },
  ): AsyncIterable<NodeLogLine>;
};
