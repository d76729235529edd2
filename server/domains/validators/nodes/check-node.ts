import { isAppError } from "@/server/kernel/errors";
import type { ChainNetwork } from "@/server/ports/chain-node";
import type { NodeRunState } from "@/server/ports/node-host";
import type { Ports } from "@/server/ports/ports";
import type { Runtime } from "../constants";
import { lagBlocks, nodeStatusOf } from "./health";
import { nodeAsChain } from "./read-node-sync";

const CHECK_DEADLINE_MS = 4_000;
const quiet = async <T>(asked: Promise<T>): Promise<T | null> => {
  try {
    return await asked;
  } catch (thrown) {
    if (isAppError(thrown)) return null;
    throw thrown;
  }
};

/** Asks host and node once. A host that does not answer is unknown: the error comes back as a sentence, the last state stays. */
export async function checkNode(
  ports: Pick<Ports, "nodeHosts" | "chains">,
  input: {
    readonly network: ChainNetwork;
    readonly runtime: Runtime;
    readonly nodeId: string;
    readonly volumeId: string;
    readonly desiredState: "running" | "stopped" | "terminated";
    readonly tipHeightBlocks: bigint | null;
  },
) {
  const host = ports.nodeHosts[input.runtime];
  const options = { deadlineMs: CHECK_DEADLINE_MS };
  let runState: NodeRunState;
  let inspection: Awaited<ReturnType<typeof host.inspect>>;
  try {
    inspection = await host.inspect(input.nodeId, options);
    runState = inspection.state;
  } catch (thrown) {
    if (!isAppError(thrown)) throw thrown;
    return { isAnswered: false as const, error: thrown.message };
  }
  const rpcUrl = inspection.endpoints?.rpcUrl ?? null;
  const node =
    runState === "running" && rpcUrl !== null
      ? nodeAsChain(ports, input.network, { nodeId: input.nodeId, rpcUrl })
      : null;
  const [status, net, stats, volume] = await Promise.all([
    node === null ? null : quiet(node.status({ maxAgeMs: 0, ...options })),
    node === null ? null : quiet(node.netInfo({ maxAgeMs: 0, ...options })),
    runState === "running" ? quiet(host.stats(input.nodeId, options)) : null,
    quiet(host.inspectVolume(input.volumeId, options)),
  ]);
  const tip = input.tipHeightBlocks;
  const verdict = nodeStatusOf({
    runState,
    rpc: status === null ? null : { heightBlocks: status.latestHeightBlocks, isCatchingUp: status.catchingUp },
    tipHeightBlocks: tip,
    desiredState: input.desiredState,
  });
  return {
    isAnswered: true as const,
    verdict,
    runtimeRef: inspection.runtimeRef,
    rpcUrl,
    p2pAddress: inspection.endpoints?.p2pAddress ?? null,
    restartCount: inspection.restartCount,
    startedAt: inspection.startedAt,
    heightBlocks: status?.latestHeightBlocks.toString() ?? null,
    lagBlocks: lagBlocks(status?.latestHeightBlocks ?? null, tip),
    isCatchingUp: status?.catchingUp ?? null,
    nodeVersion: status?.cometVersion ?? null,
    peerCount: net?.peerCount ?? null,
    cpuPercent: stats?.cpuPercent == null ? null : Math.round(stats.cpuPercent),
    memoryUsedBytes: stats?.memoryBytes ?? null,
    volumeUsedBytes: stats?.volumeBytes ?? null,
    volumeFreeBytes: stats?.volumeFreeBytes ?? null,
    signState: volume?.signState == null ? null : { ...volume.signState },
  };
}

/** What a look at a node brought. */
export type Checked = Awaited<ReturnType<typeof checkNode>>;
