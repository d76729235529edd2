import { z } from "zod";
import { readJson } from "@/lib/os/durable-file.mjs";
import { lockHolder } from "@/lib/os/generation-lock.mjs";
import { isRunning } from "@/lib/os/process-identity.mjs";
import type { NodeInspection } from "@/server/ports/node-host";
import { findByHome } from "./find-by-home.mjs";
import { nodePaths, SIGNER_LOCK, volumePaths } from "./node-layout.mjs";
import { portsOf } from "./ports";
import { nodeDirectory, type ProcessHostSettings } from "./process-root";
import { nodeState } from "./transform";

const reference = z.object({ pid: z.int(), identity: z.string().optional() });
const planSchema = z.object({ nodeId: z.string(), volumeId: z.string(), volumeDir: z.string() });
const statusSchema = z.object({
  supervisor: reference,
  child: reference.nullable(),
  phase: z.enum(["starting", "running", "waiting", "refused", "crashed", "stopping", "stopped", "suspended"]),
  startedAt: z.string().nullable(),
  exitCode: z.int().nullable(),
  problem: z.string().nullable(),
  restartCount: z.int(),
  recordedAt: z.string(),
});
const desiredSchema = z.object({ state: z.enum(["running", "stopped"]) });

const RPC_PROBE_MS = 1_000;

/** What is on disk and in the process table about one node, read at one moment. */
export function readSupervision(settings: ProcessHostSettings, nodeId: string) {
  const paths = nodePaths(nodeDirectory(settings, nodeId));
  const plan = planSchema.safeParse(readJson(paths.plan)).data;
  if (plan === undefined) return undefined;
  const status = statusSchema.safeParse(readJson(paths.status)).data;
  const holder = lockHolder(plan.volumeDir, SIGNER_LOCK);
  const recorded = status?.child ?? null;
  const found = isRunning(recorded) ? recorded : null;
  const supervisor = holder?.nodeId === nodeId ? holder : undefined;
  // Until a new supervisor has written its own first record, the file speaks of the one before.
  const isFresh = supervisor === undefined || status?.supervisor.identity === supervisor.identity;
  return {
    plan,
    status,
    phase: isFresh ? status?.phase : "starting",
    supervisor,
    // Without a supervisor the record is stale; the process table knows.
    child: found ?? (supervisor === undefined ? (findByHome(volumePaths(plan.volumeDir).home)[0] ?? null) : null),
    isWanted: desiredSchema.safeParse(readJson(paths.desired)).data?.state === "running",
  };
}

async function answersRpc(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(RPC_PROBE_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

const ABSENT: NodeInspection = {
  state: "absent",
  runtimeRef: null,
  startedAt: null,
  exitCode: null,
  restartCount: 0,
  endpoints: null,
};

export async function inspectNode(settings: ProcessHostSettings, nodeId: string): Promise<NodeInspection> {
  const supervision = readSupervision(settings, nodeId);
  const ports = portsOf(settings, nodeId);
  if (supervision === undefined || ports === undefined) return ABSENT;
  const { status, child, supervisor } = supervision;
  const startedAt = status?.startedAt ?? null;
  const state = nodeState({
    isWanted: supervision.isWanted,
    isSupervised: supervisor !== undefined,
    isChildAlive: child !== null,
    hasRpc: child !== null && (await answersRpc(ports.rpc)),
    phase: supervision.phase,
    upMs: startedAt === null ? 0 : Date.now() - Date.parse(startedAt),
  });
  return {
    state,
    runtimeRef: child === null ? null : `${child.pid}@${child.identity}`,
    startedAt: child === null ? null : startedAt,
    exitCode: child === null ? (status?.exitCode ?? null) : null,
    restartCount: status?.restartCount ?? 0,
    endpoints: {
      rpcUrl: `http://127.0.0.1:${ports.rpc}`,
      p2pAddress: `${settings.advertisedHost}:${ports.p2p}`,
    },
  };
}
