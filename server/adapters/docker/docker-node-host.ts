import { parseCometNodeId, parseConsensusPubkey } from "@/lib/node-config/posd-output";
import type { Logger } from "@/server/kernel/logger";
import type { CallOptions } from "@/server/ports/call-options";
import type { NodeHost, NodeIdentity, NodeSpec } from "@/server/ports/node-host";
import { runtimeAborted, runtimeRefused, runtimeTimedOut } from "@/server/ports/node-host-errors";
import { withDeadline } from "@/server/ports/with-deadline";
import { createDockerApi } from "./docker-api";
import { followLogs, tailLogs } from "./docker-logs";
import { type DockerHostSettings, LABEL, volumeName } from "./docker-names";
import { inspectNode, removeNode, requireContainer, startNode, stopNode } from "./node-container";
import { createNodeImages } from "./node-image";
import { askOnce } from "./one-shot";
import { toRuntimeError, toStats } from "./transform";
import {
  type DockerParts,
  ensureVolume,
  initialiseVolume,
  inspectVolume,
  requireSigner,
  requireVolume,
} from "./volume";
import { withVolumeFiles } from "./volume-files";

/** What {@link createDockerNodeHost} is given; only the first two are a must. */
export type DockerNodeHostInput = {
  readonly socketPath: string;
  readonly installationId: string;
  readonly logger?: Logger;
  readonly p2pBindHost?: string;
  readonly advertisedHost?: string;
  readonly minimumFreeBytes?: number;
};

const READ_MS = 20_000;
const CHANGE_MS = 180_000;
const STOP_MARGIN_MS = 20_000;
const DISK_USAGE_MS = 5_000;
const DEFAULT_MINIMUM_FREE_BYTES = 1024 ** 3;

async function readIdentity(parts: DockerParts, spec: NodeSpec, signal: AbortSignal): Promise<NodeIdentity> {
  await requireVolume(parts, spec.volumeId);
  await withVolumeFiles(parts, spec.volumeId, (files) => requireSigner(files, spec.chainId));
  const imageId = await parts.images.ensure(spec.binary);
  const ask = (verb: string) =>
    askOnce(parts, { verb, imageId, volumeId: spec.volumeId, args: ["comet", verb] }, signal);
  const consensusPubkeyBase64 = parseConsensusPubkey(await ask("show-validator"));
  const nodeId = parseCometNodeId(await ask("show-node-id"));
  if (consensusPubkeyBase64 === null || nodeId === null) {
    throw runtimeRefused("command_failed", { command: "comet", exitCode: 0, output: "not the expected answer" });
  }
  return { nodeId, consensusPubkeyBase64 };
}

/**
 * Nodes as containers of one Docker Engine. Nothing is connected before the first call. Whatever exists is found by name and label on the
 * Engine, so any number of instances see the same nodes. The control plane has to run on the Docker host: it reaches RPC at a container's own
 * address in the private network, which is published nowhere.
 */
export function createDockerNodeHost(input: DockerNodeHostInput): NodeHost {
  const settings: DockerHostSettings = {
    installationId: input.installationId,
    p2pBindHost: input.p2pBindHost ?? "0.0.0.0",
    advertisedHost: input.advertisedHost ?? "127.0.0.1",
    minimumFreeBytes: input.minimumFreeBytes ?? DEFAULT_MINIMUM_FREE_BYTES,
  };
  const api = createDockerApi(input.socketPath);
  const parts: DockerParts = { api, images: createNodeImages(api, settings), settings };

  async function call<Result>(
    operation: string,
    options: CallOptions | undefined,
    defaultMs: number,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const began = performance.now();
    try {
      const ends = { onTimeout: () => runtimeTimedOut(operation), onAbort: () => runtimeAborted(operation) };
      return await withDeadline({ options, defaultMs, ...ends }, async (signal) => {
        await api.ping();
        return await work(signal);
      });
    } catch (thrown) {
      const error = toRuntimeError(thrown);
      const durationMs = Math.round(performance.now() - began);
      input.logger?.warn({ event: "node_host.call.failed", host: "docker", operation, code: error.code, durationMs });
      throw error;
    }
  }

  async function volumeBytes(volumeId: string | undefined): Promise<number | null> {
    if (volumeId === undefined) return null;
    // The Engine counts every volume to answer; on a large host that may take longer than it is worth.
    return await api.volumeBytes(volumeName(volumeId), AbortSignal.timeout(DISK_USAGE_MS)).catch(() => null);
  }

  return {
    kind: "docker",
    ping: (options) =>
      call("ping", options, READ_MS, async () => {
        const { Version: engine, ApiVersion: apiVersion } = await api.version();
        return { version: `docker ${engine} (API ${apiVersion})` };
      }),
    ensureVolume: (volume, options) => call("ensureVolume", options, READ_MS, () => ensureVolume(parts, volume)),
    inspectVolume: (volumeId, options) => call("inspectVolume", options, READ_MS, () => inspectVolume(parts, volumeId)),
    initialise: (spec, options) =>
      call("initialise", options, CHANGE_MS, (signal) => initialiseVolume(parts, spec, signal)),
    readIdentity: (spec, options) =>
      call("readIdentity", options, CHANGE_MS, (signal) => readIdentity(parts, spec, signal)),
    start: (spec, options) => call("start", options, CHANGE_MS, (signal) => startNode(parts, spec, signal)),
    stop: (nodeId, { graceSeconds }, options) =>
      call("stop", options, graceSeconds * 1_000 + STOP_MARGIN_MS, async () => {
        await stopNode(parts, nodeId, graceSeconds);
        return await inspectNode(parts, nodeId);
      }),
    remove: (nodeId, { volumeId, removeVolume }, options) =>
      call("remove", options, CHANGE_MS, (signal) => removeNode(parts, nodeId, removeVolume ? volumeId : null, signal)),
    inspect: (nodeId, options) => call("inspect", options, READ_MS, () => inspectNode(parts, nodeId)),
    list: (options) =>
      call("list", options, READ_MS, async () => {
        const label = `${LABEL.installation}=${settings.installationId}`;
        const [containers, volumes] = await Promise.all([
          api.listContainers({ labels: [label, `${LABEL.role}=node`] }),
          api.listVolumes(label),
        ]);
        return {
          nodeIds: containers.flatMap(({ Labels }) => Labels?.[LABEL.node] ?? []),
          volumeIds: volumes.flatMap(({ Labels }) => Labels?.[LABEL.volume] ?? []),
        };
      }),
    stats: (nodeId, options) =>
      call("stats", options, READ_MS, async () => {
        const facts = await requireContainer(parts, nodeId);
        const size = await volumeBytes(facts.Config.Labels?.[LABEL.volume]);
        const measuredAt = new Date().toISOString();
        if (facts.State.Status !== "running")
          return { cpuPercent: null, memoryBytes: null, volumeBytes: size, volumeFreeBytes: null, measuredAt };
        return toStats(await api.containerUsage(facts.Id), size, measuredAt);
      }),
    logs: (nodeId, { tail }, options) =>
      call("logs", options, READ_MS, async (signal) =>
        tailLogs(api, (await requireContainer(parts, nodeId)).Id, tail, signal),
      ),
    followLogs: (nodeId, { tail }, { signal }) => followLogs(api, nodeId, tail, signal),
  };
}
