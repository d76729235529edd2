import { mkdir, rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { readJson, writeDurably } from "@/lib/os/durable-file.mjs";
import { lockHolder } from "@/lib/os/generation-lock.mjs";
import type { NodeInspection, NodeSpec } from "@/server/ports/node-host";
import { runtimeRefused } from "@/server/ports/node-host-errors";
import { spawnSupervisor } from "./all-nodes.mjs";
import { findByHome } from "./find-by-home.mjs";
import { nodePaths, SIGNER_LOCK, volumePaths } from "./node-layout.mjs";
import { inspectNode, readSupervision } from "./node-status";
import { storeBinary } from "./pinned-files";
import { isPortFree, type NodePorts, releasePorts, reservePorts } from "./ports";
import { nodeDirectory, type ProcessHostSettings } from "./process-root";
import { nodeEnvironment } from "./run-posd";
import { checkSigner } from "./sign-guard.mjs";
import { requireSigner, requireSpace, requireVolume, writeConfig } from "./volume";

const POLL_MS = 100;
/** The supervisor answers within a second; a node that cannot even be spawned is told by then. */
const START_ATTEMPT_MS = 15_000;
/** Go's collector keeps the heap under this share of the limit, leaving room for stacks and mapped files. */
const HEAP_SHARE = 0.9;

function planOf(spec: NodeSpec, volumeDir: string, binaryPath: string) {
  const { home } = volumePaths(volumeDir);
  return {
    nodeId: spec.nodeId,
    volumeId: spec.volumeId,
    volumeDir,
    command: [binaryPath, "start", "--home", home, "--log_no_color"],
    env: {
      ...nodeEnvironment(home),
      GOMAXPROCS: String(Math.max(1, Math.ceil(spec.cpuMillicores / 1_000))),
      GOMEMLIMIT: String(Math.floor(spec.memoryBytes * HEAP_SHARE)),
    },
  };
}

async function usablePorts(settings: ProcessHostSettings, nodeId: string): Promise<NodePorts> {
  const ports = await reservePorts(settings, nodeId);
  const free = await Promise.all([ports.p2p, ports.rpc, ports.metrics].map(isPortFree));
  if (free.every(Boolean)) return ports;
  // Some other program took one while the node was down.
  await releasePorts(settings, nodeId);
  return await reservePorts(settings, nodeId);
}

function refuseForeignSigner(volumeDir: string, nodeId: string): void {
  const holder = lockHolder(volumeDir, SIGNER_LOCK);
  if (holder === undefined || holder.nodeId === nodeId) return;
  throw runtimeRefused("volume_in_use", { heldBy: holder.nodeId ?? "unknown" });
}

function send(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ESRCH")) throw thrown;
  }
}

/** Waits for a living node, or for a word of its supervisor that is newer than `beganAt`. */
async function awaitSupervision(
  settings: ProcessHostSettings,
  nodeId: string,
  beganAt: number,
  signal: AbortSignal,
): Promise<void> {
  const directory = nodeDirectory(settings, nodeId);
  const giveUpAt = Date.now() + START_ATTEMPT_MS;
  let spawnedAt = Number.NEGATIVE_INFINITY;
  while (Date.now() < giveUpAt) {
    signal.throwIfAborted();
    const supervision = readSupervision(settings, nodeId);
    if (supervision === undefined || !supervision.isWanted)
      throw runtimeRefused("start_failed", { reason: "stopped meanwhile" });
    refuseForeignSigner(supervision.plan.volumeDir, nodeId);
    const { phase } = supervision;
    if (supervision.supervisor !== undefined) {
      if (supervision.child !== null || phase === "waiting") return;
      const isNew = Date.parse(supervision.status?.recordedAt ?? "") >= beganAt;
      if (isNew && phase === "refused")
        throw runtimeRefused("start_failed", { reason: supervision.status?.problem ?? "refused" });
      // It died at once; the supervisor tries again by its policy, and the log says why.
      if (isNew && phase === "crashed") return;
    } else if (Date.now() - spawnedAt > 2_000) {
      // None is there, or the one that was there is just ending; of several that are spawned one stays.
      spawnSupervisor(directory, settings.supervisorPath);
      spawnedAt = Date.now();
    }
    await delay(POLL_MS, undefined, { signal });
  }
  throw runtimeRefused("start_failed", { reason: "the supervisor did not come up" });
}

export async function startNode(
  settings: ProcessHostSettings,
  spec: NodeSpec,
  signal: AbortSignal,
): Promise<NodeInspection> {
  const beganAt = Date.now();
  const volumeDir = await requireVolume(settings, spec.volumeId);
  const paths = nodePaths(nodeDirectory(settings, spec.nodeId));
  refuseForeignSigner(volumeDir, spec.nodeId);
  const before = readSupervision(settings, spec.nodeId);
  const isUp = before?.supervisor !== undefined && before.isWanted;
  // A supervisor that found no way to run the node is asked again, after the same checks as a first start.
  const isHopeless = before?.phase === "refused" || before?.phase === "crashed";
  if (!isUp || isHopeless) {
    requireSigner(volumeDir, spec.chainId);
    const binaryPath = await storeBinary(settings.rootDir, spec.binary, signal);
    await requireSpace(settings, settings.minimumFreeBytes);
    await mkdir(nodeDirectory(settings, spec.nodeId), { recursive: true, mode: 0o700 });
    if (before?.child == null) await writeConfig(settings, spec, volumeDir, await usablePorts(settings, spec.nodeId));
    writeDurably(paths.plan, JSON.stringify(planOf(spec, volumeDir, binaryPath)));
    writeDurably(paths.desired, JSON.stringify({ state: "running" }));
    if (before?.supervisor !== undefined) send(before.supervisor.pid, "SIGHUP");
  }
  await awaitSupervision(settings, spec.nodeId, beganAt, signal);
  return await inspectNode(settings, spec.nodeId);
}

/** Resolves when neither the node nor its supervisor runs; a supervisor that is dead or stuck is helped along after the grace. */
export async function stopNode(
  settings: ProcessHostSettings,
  nodeId: string,
  graceSeconds: number,
  signal: AbortSignal,
): Promise<void> {
  const paths = nodePaths(nodeDirectory(settings, nodeId));
  if (readJson(paths.plan) === undefined) return;
  writeDurably(paths.desired, JSON.stringify({ state: "stopped", graceSeconds }));
  const forceAt = Date.now() + graceSeconds * 1_000;
  const first = readSupervision(settings, nodeId);
  if (first?.supervisor !== undefined) send(first.supervisor.pid, "SIGHUP");
  let hasAsked = false;
  for (;;) {
    signal.throwIfAborted();
    const supervision = readSupervision(settings, nodeId);
    if (supervision === undefined) return;
    const { supervisor, plan } = supervision;
    const orphans = supervisor === undefined ? findByHome(volumePaths(plan.volumeDir).home) : [];
    if (supervisor === undefined && orphans.length === 0) {
      checkSigner(plan.volumeDir);
      return;
    }
    if (Date.now() > forceAt + 5_000 && supervisor !== undefined) send(supervisor.pid, "SIGKILL");
    for (const orphan of orphans) {
      if (Date.now() > forceAt) send(orphan.pid, "SIGKILL");
      else if (!hasAsked) send(orphan.pid, "SIGTERM");
    }
    hasAsked = orphans.length > 0;
    await delay(POLL_MS, undefined, { signal });
  }
}

export async function removeNode(
  settings: ProcessHostSettings,
  nodeId: string,
  volumeDirToRemove: string | null,
  signal: AbortSignal,
): Promise<void> {
  await stopNode(settings, nodeId, 30, signal);
  if (volumeDirToRemove !== null) {
    refuseForeignSigner(volumeDirToRemove, nodeId);
    await rm(volumeDirToRemove, { recursive: true, force: true });
  }
  await releasePorts(settings, nodeId);
  await rm(nodeDirectory(settings, nodeId), { recursive: true, force: true });
}
