import type { NodeSpec } from "@/server/ports/node-host";
import type { Ports } from "@/server/ports/ports";
import type { Runtime } from "../constants";
import type { NodeRow } from "./repository";

/** A node as its host is asked for it. */
export type OnHost = { readonly runtime: Runtime; readonly spec: NodeSpec };
type Hosts = Pick<Ports, "nodeHosts">;

const LONG_DEADLINE_MS = 300_000;
/** Threads and processes a node may have; posd uses about forty. */
const PIDS_LIMIT = 512;

/** What a host needs to make this node: the row's pinned files and limits, the request's moniker as data. */
export const onHostOf = (node: NodeRow, facts: { moniker: string; chainId: string }): OnHost => ({
  runtime: node.hostKind,
  spec: {
    nodeId: node.id,
    volumeId: node.volumeId,
    chainId: facts.chainId,
    moniker: facts.moniker,
    binary: { path: node.binaryPath, sha256: node.binarySha256, version: node.binaryVersion },
    genesis: { path: node.genesisPath, sha256: node.genesisSha256 },
    persistentPeers: node.persistentPeers,
    seeds: node.seeds,
    minimumGasPrices: node.minimumGasPrices,
    cpuMillicores: node.cpuMillicores,
    memoryBytes: node.memoryBytes,
    pidsLimit: PIDS_LIMIT,
    ...(node.stateSync === null ? {} : { stateSync: node.stateSync }),
    ...(node.consensusTimeouts === null ? {} : { consensusTimeouts: node.consensusTimeouts }),
  },
});

/** Makes the volume where it is missing. */
export async function ensureVolume({ nodeHosts }: Hosts, { runtime, spec }: OnHost, sizeBytes: number): Promise<void> {
  const { volumeId, nodeId } = spec;
  await nodeHosts[runtime].ensureVolume({ volumeId, nodeId, sizeBytes }, { deadlineMs: LONG_DEADLINE_MS });
}

/** Has the node's own binary make keys and configuration inside the volume; existing keys and sign state stay. */
export async function initialiseNode({ nodeHosts }: Hosts, { runtime, spec }: OnHost): Promise<void> {
  await nodeHosts[runtime].initialise(spec, { deadlineMs: LONG_DEADLINE_MS });
}

/** Creates the node where it is missing and starts it. */
export async function startOnHost({ nodeHosts }: Hosts, { runtime, spec }: OnHost) {
  const started = await nodeHosts[runtime].start(spec, { deadlineMs: LONG_DEADLINE_MS });
  return {
    runtimeRef: started.runtimeRef,
    rpcUrl: started.endpoints?.rpcUrl ?? null,
    p2pAddress: started.endpoints?.p2pAddress ?? null,
    startedAt: started.startedAt,
  };
}

/** Asks the node's own binary for its public identity. */
export async function readIdentity({ nodeHosts }: Hosts, { runtime, spec }: OnHost) {
  const identity = await nodeHosts[runtime].readIdentity(spec, { deadlineMs: LONG_DEADLINE_MS });
  return { p2pNodeId: identity.nodeId, consensusPubkey: identity.consensusPubkeyBase64 };
}
