import { isAppError } from "@/server/kernel/errors";
import type { ChainNetwork } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { type Runtime, STOP_GRACE_SECONDS } from "../constants";

/** Where a node and its volume lie. */
export type Where = { readonly runtime: Runtime; readonly nodeId: string; readonly volumeId: string };
type Hosts = Pick<Ports, "nodeHosts">;

const STOP_DEADLINE_MS = (STOP_GRACE_SECONDS + 30) * 1_000;

/** Stops the node and waits until it has ended; a node that is not there is stopped. */
export async function haltNode({ nodeHosts }: Hosts, { runtime, nodeId }: Where) {
  const host = nodeHosts[runtime];
  const before = await host.inspect(nodeId);
  if (before.state === "absent") return { state: before.state };
  const after = await host.stop(nodeId, { graceSeconds: STOP_GRACE_SECONDS }, { deadlineMs: STOP_DEADLINE_MS });
  return { state: after.state };
}

/** The volume's own last-sign-state. Only meaningful as a lower bound once the node has ended. */
export async function readSignState({ nodeHosts }: Hosts, { runtime, volumeId }: Where) {
  return (await nodeHosts[runtime].inspectVolume(volumeId)).signState;
}

/** Removes the node; the volume stays unless told. */
export async function removeNode(
  { nodeHosts }: Hosts,
  { runtime, nodeId, volumeId, removeVolume }: Where & { readonly removeVolume: boolean },
): Promise<void> {
  await nodeHosts[runtime].remove(nodeId, { volumeId, removeVolume }, { deadlineMs: STOP_DEADLINE_MS });
}

/** Whether anything of the node is left on its host. */
export async function findLeftovers({ nodeHosts }: Hosts, { runtime, nodeId, volumeId }: Where) {
  const listed = await nodeHosts[runtime].list();
  return { node: listed.nodeIds.includes(nodeId), volume: listed.volumeIds.includes(volumeId) };
}

/**
 * Whether any validator on the chain uses this key. Two sources where the network has them; a chain that does not answer throws, since an
 * unknown answer must not cost a key that is in use.
 */
export async function isKeyOnChain(
  { chains }: Pick<Ports, "chains">,
  network: ChainNetwork,
  consensusPubkey: string,
): Promise<boolean> {
  try {
    await chains.forNetwork(network).validatorByConsensusPubkey(consensusPubkey, { maxAgeMs: 0 });
    return true;
  } catch (thrown) {
    if (isAppError(thrown) && thrown.kind === "not_found") return false;
    throw thrown;
  }
}
