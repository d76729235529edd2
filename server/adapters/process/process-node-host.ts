import { mkdir, readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { parseCometNodeId, parseConsensusPubkey } from "@/lib/node-config/posd-output";
import type { Logger } from "@/server/kernel/logger";
import type { CallOptions } from "@/server/ports/call-options";
import type { NodeHost, NodeIdentity, NodeSpec } from "@/server/ports/node-host";
import { runtimeAborted, runtimeRefused, runtimeTimedOut } from "@/server/ports/node-host-errors";
import { withDeadline } from "@/server/ports/with-deadline";
import { nodesDirectory, volumePaths, volumesDirectory } from "./node-layout.mjs";
import { removeNode, startNode, stopNode } from "./node-lifecycle";
import { followNodeLog, tailNodeLog } from "./node-logs";
import { measureNode } from "./node-stats";
import { inspectNode, readSupervision } from "./node-status";
import { storeBinary } from "./pinned-files";
import {
  isThere,
  makeRoot,
  nodeDirectory,
  type ProcessHostSettings,
  requireNode,
  requireRoot,
  volumeDirectory,
} from "./process-root";
import { runPosd } from "./run-posd";
import { toRuntimeError } from "./transform";
import { ensureVolume, initialiseVolume, inspectVolume, requireSigner, requireVolume } from "./volume";

/** What {@link createProcessNodeHost} is given; only the first two are a must. */
export type ProcessNodeHostInput = {
  /** Everything of this host is kept under it: volumes, nodes, ports, binaries. */
  readonly rootDir: string;
  readonly installationId: string;
  readonly logger?: Logger;
  /** The supervisor program; by default the one in this repository, found from the working directory. */
  readonly supervisorPath?: string;
  readonly p2pBindHost?: string;
  readonly advertisedHost?: string;
  readonly minimumFreeBytes?: number;
};

const READ_MS = 10_000;
const CHANGE_MS = 120_000;
const DEFAULT_MINIMUM_FREE_BYTES = 1024 ** 3;
const STOP_MARGIN_MS = 20_000;

async function entriesOf(path: string): Promise<string[]> {
  return (await isThere(path)) ? await readdir(path) : [];
}

async function readIdentity(settings: ProcessHostSettings, spec: NodeSpec, signal: AbortSignal): Promise<NodeIdentity> {
  const directory = await requireVolume(settings, spec.volumeId);
  requireSigner(directory, spec.chainId);
  const { home } = volumePaths(directory);
  const binaryPath = await storeBinary(settings.rootDir, spec.binary, signal);
  const ask = (command: string) => runPosd(binaryPath, ["comet", command, "--home", home], home, signal);
  const consensusPubkeyBase64 = parseConsensusPubkey(await ask("show-validator"));
  const nodeId = parseCometNodeId(await ask("show-node-id"));
  if (consensusPubkeyBase64 === null || nodeId === null) {
    throw runtimeRefused("command_failed", { command: "comet", exitCode: 0, output: "not the expected answer" });
  }
  return { nodeId, consensusPubkeyBase64 };
}

/**
 * Nodes as child processes of this machine, each under a supervisor of its own that outlives this process. Everything is found again on disk
 * and in the process table, so any number of instances on one root see the same nodes.
 */
export function createProcessNodeHost(input: ProcessNodeHostInput): NodeHost {
  const settings: ProcessHostSettings = {
    rootDir: input.rootDir,
    installationId: input.installationId,
    supervisorPath: input.supervisorPath ?? resolve("server/adapters/process/supervisor.mjs"),
    p2pBindHost: input.p2pBindHost ?? "0.0.0.0",
    advertisedHost: input.advertisedHost ?? "127.0.0.1",
    minimumFreeBytes: input.minimumFreeBytes ?? DEFAULT_MINIMUM_FREE_BYTES,
  };

  async function call<Result>(
    operation: string,
    options: CallOptions | undefined,
    defaultMs: number,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const began = performance.now();
    try {
      const ends = { onTimeout: () => runtimeTimedOut(operation), onAbort: () => runtimeAborted(operation) };
      return await withDeadline({ options, defaultMs, ...ends }, work);
    } catch (thrown) {
      const error = toRuntimeError(thrown);
      const durationMs = Math.round(performance.now() - began);
      input.logger?.warn({ event: "node_host.call.failed", host: "process", operation, code: error.code, durationMs });
      throw error;
    }
  }

  return {
    kind: "process",
    ping: (options) =>
      call("ping", options, READ_MS, async () => {
        await makeRoot(settings);
        await mkdir(nodesDirectory(resolve(settings.rootDir)), { recursive: true, mode: 0o700 });
        return { version: `node ${process.version}` };
      }),
    ensureVolume: (volume, options) =>
      call("ensureVolume", options, READ_MS, async () => {
        await makeRoot(settings);
        await ensureVolume(settings, volume);
      }),
    inspectVolume: (volumeId, options) =>
      call("inspectVolume", options, READ_MS, async () => {
        await requireRoot(settings);
        return await inspectVolume(settings, volumeId);
      }),
    initialise: (spec, options) =>
      call("initialise", options, CHANGE_MS, async (signal) => {
        await requireRoot(settings);
        await initialiseVolume(settings, spec, signal);
      }),
    readIdentity: (spec, options) =>
      call("readIdentity", options, CHANGE_MS, async (signal) => {
        await requireRoot(settings);
        return await readIdentity(settings, spec, signal);
      }),
    start: (spec, options) =>
      call("start", options, CHANGE_MS, async (signal) => {
        await requireRoot(settings);
        return await startNode(settings, spec, signal);
      }),
    stop: (nodeId, { graceSeconds }, options) =>
      call("stop", options, graceSeconds * 1_000 + STOP_MARGIN_MS, async (signal) => {
        await requireNode(settings, nodeId);
        await stopNode(settings, nodeId, graceSeconds, signal);
        return await inspectNode(settings, nodeId);
      }),
    remove: (nodeId, { volumeId, removeVolume }, options) =>
      call("remove", options, CHANGE_MS, async (signal) => {
        await requireRoot(settings);
        await removeNode(settings, nodeId, removeVolume ? volumeDirectory(settings, volumeId) : null, signal);
      }),
    inspect: (nodeId, options) =>
      call("inspect", options, READ_MS, async () => {
        await requireRoot(settings);
        return await inspectNode(settings, nodeId);
      }),
    list: (options) =>
      call("list", options, READ_MS, async () => {
        await requireRoot(settings);
        const rootDir = resolve(settings.rootDir);
        const [nodeIds, volumeIds] = await Promise.all([
          entriesOf(nodesDirectory(rootDir)),
          entriesOf(volumesDirectory(rootDir)),
        ]);
        return { nodeIds, volumeIds };
      }),
    stats: (nodeId, options) =>
      call("stats", options, READ_MS, async () => {
        await requireNode(settings, nodeId);
        const supervision = readSupervision(settings, nodeId);
        if (supervision === undefined) {
          return {
            cpuPercent: null,
            memoryBytes: null,
            volumeBytes: null,
            volumeFreeBytes: null,
            measuredAt: new Date().toISOString(),
          };
        }
        return await measureNode(supervision.child?.pid ?? null, supervision.plan.volumeDir);
      }),
    logs: (nodeId, { tail }, options) =>
      call("logs", options, READ_MS, async () => tailNodeLog(await requireNode(settings, nodeId), tail)),
    followLogs: (nodeId, { tail }, { signal }) => followNodeLog(nodeDirectory(settings, nodeId), tail, signal),
  };
}
