import { setTimeout as delay } from "node:timers/promises";
import type { NodeInspection, NodeSpec } from "@/server/ports/node-host";
import { nodeNotFound, runtimeRefused } from "@/server/ports/node-host-errors";
import { nodeOptions, P2P_PORT, RPC_PORT, UNWANTED_POLICY, WANTED_POLICY } from "./container-options";
import { tailLogs } from "./docker-logs";
import { LABEL, networkName, nodeContainerName, volumeName } from "./docker-names";
import type { ContainerFacts } from "./docker-schemas";
import { nodeState, statusCodeOf } from "./transform";
import { type DockerParts, raiseSignMark, requireSigner, requireSpace, requireVolume, writeConfig } from "./volume";
import { withVolumeFiles } from "./volume-files";

const POLL_MS = 100;
const SETTLE_MS = 10_000;
const RPC_PROBE_MS = 1_000;
const START_TRIES = 10;
const REMOVE_TRIES = 5;
const DOUBLE_SIGN_MESSAGE = "found signature from the same key";
const DOUBLE_SIGN_LINES = 40;
const UP = new Set(["running", "restarting", "paused"]);

const ABSENT: NodeInspection = {
  state: "absent",
  runtimeRef: null,
  startedAt: null,
  exitCode: null,
  restartCount: 0,
  endpoints: null,
};

async function answersRpc(host: string): Promise<boolean> {
  try {
    const answer = await fetch(`http://${host}:${RPC_PORT}/health`, { signal: AbortSignal.timeout(RPC_PROBE_MS) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

async function isDoubleSignWait({ api }: DockerParts, facts: ContainerFacts): Promise<boolean> {
  const isDown = facts.State.Status === "restarting" || facts.State.Status === "exited";
  if (!isDown || facts.HostConfig.RestartPolicy.Name !== WANTED_POLICY) return false;
  const lines = await tailLogs(api, facts.Id, DOUBLE_SIGN_LINES, AbortSignal.timeout(SETTLE_MS));
  return lines.some(({ text }) => text.includes(DOUBLE_SIGN_MESSAGE));
}

export async function inspectNode(parts: DockerParts, nodeId: string): Promise<NodeInspection> {
  const facts = await parts.api.inspectContainer(nodeContainerName(nodeId));
  if (facts === null) return ABSENT;
  const isRunning = facts.State.Status === "running";
  const address = facts.NetworkSettings.Networks?.[networkName(parts.settings)]?.IPAddress ?? "";
  const p2pPort = facts.NetworkSettings.Ports?.[`${P2P_PORT}/tcp`]?.[0]?.HostPort;
  const hasRpc = isRunning && address !== "" && (await answersRpc(address));
  const hasEndpoints = isRunning && address !== "" && p2pPort !== undefined;
  return {
    state: nodeState(facts, { hasRpc, isDoubleSignWait: await isDoubleSignWait(parts, facts), nowMs: Date.now() }),
    // A container keeps its id over restarts, so the start time tells one run from the next.
    runtimeRef: isRunning ? `${facts.Id.slice(0, 12)}@${facts.State.StartedAt}` : null,
    startedAt: isRunning ? facts.State.StartedAt : null,
    exitCode: isRunning || facts.State.Status === "created" ? null : facts.State.ExitCode,
    restartCount: facts.RestartCount,
    endpoints: hasEndpoints
      ? { rpcUrl: `http://${address}:${RPC_PORT}`, p2pAddress: `${parts.settings.advertisedHost}:${p2pPort}` }
      : null,
  };
}

export async function requireContainer({ api }: DockerParts, nodeId: string): Promise<ContainerFacts> {
  const facts = await api.inspectContainer(nodeContainerName(nodeId));
  if (facts === null) throw nodeNotFound(nodeId);
  return facts;
}

async function refuseForeignSigner({ api, settings }: DockerParts, spec: NodeSpec): Promise<void> {
  const label = [`${LABEL.installation}=${settings.installationId}`, `${LABEL.role}=node`];
  const users = await api.listContainers({ labels: label, volume: volumeName(spec.volumeId) });
  const foreign = users.find((user) => UP.has(user.State) && user.Labels?.[LABEL.node] !== spec.nodeId);
  if (foreign !== undefined)
    throw runtimeRefused("volume_in_use", { heldBy: foreign.Labels?.[LABEL.node] ?? "unknown" });
}

async function untilSettled(parts: DockerParts, nodeId: string, signal: AbortSignal): Promise<NodeInspection> {
  const giveUpAt = Date.now() + SETTLE_MS;
  for (;;) {
    const seen = await inspectNode(parts, nodeId);
    if ((seen.state !== "created" && seen.state !== "absent") || Date.now() > giveUpAt) return seen;
    await delay(POLL_MS, undefined, { signal });
  }
}

/** One attempt; false when another call changed the container underneath. */
async function tryStart(parts: DockerParts, spec: NodeSpec, imageId: string): Promise<boolean> {
  const { api, settings } = parts;
  const name = nodeContainerName(spec.nodeId);
  const options = nodeOptions(settings, spec, imageId, name);
  let existing = await api.inspectContainer(name);
  const isSame = existing?.Config.Labels?.[LABEL.spec] === options.Labels?.[LABEL.spec];
  if (existing !== null && !UP.has(existing.State.Status) && !isSame) {
    await api.removeContainer(existing.Id);
    existing = null;
  }
  const id = existing?.Id ?? (await api.createContainer(options));
  if (id === null) return false;
  try {
    await api.updateRestartPolicy(id, WANTED_POLICY);
    await api.startContainer(id);
    return true;
  } catch (thrown) {
    // Removed, or being removed, between the two calls.
    if (statusCodeOf(thrown) === 404 || statusCodeOf(thrown) === 409) return false;
    throw statusCodeOf(thrown) === undefined
      ? thrown
      : runtimeRefused("start_failed", { rawCode: String(statusCodeOf(thrown)) }, thrown);
  }
}

export async function startNode(parts: DockerParts, spec: NodeSpec, signal: AbortSignal): Promise<NodeInspection> {
  const { api, images, settings } = parts;
  await requireVolume(parts, spec.volumeId);
  await refuseForeignSigner(parts, spec);
  const existing = await api.inspectContainer(nodeContainerName(spec.nodeId));
  const isUp =
    existing !== null && UP.has(existing.State.Status) && existing.HostConfig.RestartPolicy.Name === WANTED_POLICY;
  if (isUp) return await untilSettled(parts, spec.nodeId, signal);
  await withVolumeFiles(parts, spec.volumeId, (files) => requireSigner(files, spec.chainId));
  const imageId = await images.ensure(spec.binary);
  await requireSpace(parts, settings.minimumFreeBytes);
  await withVolumeFiles(parts, spec.volumeId, (files) => writeConfig(parts, spec, files));
  for (let attempt = 0; attempt < START_TRIES; attempt += 1) {
    signal.throwIfAborted();
    if (await tryStart(parts, spec, imageId)) return await untilSettled(parts, spec.nodeId, signal);
    await delay(POLL_MS, undefined, { signal });
  }
  throw runtimeRefused("start_failed", { reason: "the container kept changing" });
}

/** The restart policy goes first: from then on neither the Engine nor its restart brings the node back. */
async function halt({ api }: DockerParts, id: string, graceSeconds: number): Promise<void> {
  try {
    await api.updateRestartPolicy(id, UNWANTED_POLICY);
  } catch (thrown) {
    if (statusCodeOf(thrown) !== 404) throw thrown;
  }
  await api.stopContainer(id, graceSeconds);
}

export async function stopNode(parts: DockerParts, nodeId: string, graceSeconds: number): Promise<void> {
  const facts = await requireContainer(parts, nodeId);
  await halt(parts, facts.Id, graceSeconds);
  const volumeId = facts.Config.Labels?.[LABEL.volume];
  if (volumeId !== undefined) await withVolumeFiles(parts, volumeId, raiseSignMark);
}

async function untilGone({ api }: DockerParts, name: string, signal: AbortSignal): Promise<void> {
  while ((await api.inspectContainer(name)) !== null) await delay(POLL_MS, undefined, { signal });
}

export async function removeNode(
  parts: DockerParts,
  nodeId: string,
  volumeIdToRemove: string | null,
  signal: AbortSignal,
): Promise<void> {
  const { api, settings } = parts;
  const name = nodeContainerName(nodeId);
  const facts = await api.inspectContainer(name);
  if (facts !== null) {
    await halt(parts, facts.Id, 30);
    await api.removeContainer(facts.Id);
    await untilGone(parts, name, signal);
  }
  if (volumeIdToRemove === null) return;
  const label = [`${LABEL.installation}=${settings.installationId}`, `${LABEL.volume}=${volumeIdToRemove}`];
  for (let attempt = 1; ; attempt += 1) {
    for (const left of await api.listContainers({ labels: label })) {
      if (left.Labels?.[LABEL.role] !== "node") await api.removeContainer(left.Id);
      else if (UP.has(left.State))
        throw runtimeRefused("volume_in_use", { heldBy: left.Labels[LABEL.node] ?? "unknown" });
      else await api.removeContainer(left.Id);
    }
    try {
      return await api.removeVolume(volumeName(volumeIdToRemove));
    } catch (thrown) {
      // A look into the volume, as health takes one, may have begun since the list was made; it ends by itself.
      if (statusCodeOf(thrown) !== 409 || attempt === REMOVE_TRIES) throw thrown;
      await delay(POLL_MS * attempt, undefined, { signal });
    }
  }
}
