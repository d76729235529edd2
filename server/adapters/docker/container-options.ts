import { createHash } from "node:crypto";
import type Docker from "dockerode";
import type { NodeSpec } from "@/server/ports/node-host";
import {
  type DockerHostSettings,
  HOME,
  labels,
  networkName,
  POSD,
  UID,
  VOLUME_MOUNT,
  volumeName,
} from "./docker-names";

export const P2P_PORT = 26_656;
export const RPC_PORT = 26_657;
export const METRICS_PORT = 26_660;

const NANOS_PER_SECOND = 1_000_000_000;
const NANO_CPUS_PER_MILLICORE = 1_000_000;
const STOP_TIMEOUT_SECONDS = 30;
/** Go's collector keeps the heap under this share of the limit, so that the kernel's limit is met last. */
const HEAP_SHARE = 0.9;

/** The two restart policies in use: a node that is wanted comes back by itself, one that we stopped does not, also after the Engine's restart. */
export const WANTED_POLICY = "unless-stopped";
export const UNWANTED_POLICY = "no";

/** What every container of ours is held to: own user, nothing but the volume and a small /tmp to write, no capabilities, no way to more. */
function confinement(volumeId: string): Docker.HostConfig {
  return {
    Binds: [`${volumeName(volumeId)}:${VOLUME_MOUNT}:nocopy`],
    ReadonlyRootfs: true,
    CapDrop: ["ALL"],
    SecurityOpt: ["no-new-privileges:true"],
    Tmpfs: { "/tmp": `rw,noexec,nosuid,nodev,size=64m,mode=1777` },
    LogConfig: { Type: "json-file", Config: { "max-size": "10m", "max-file": "3" } },
  };
}

/** A container that runs one command of the node's binary on its volume, without any network, and ends. */
export function oneShotOptions(
  settings: DockerHostSettings,
  input: { name: string; imageId: string; volumeId: string; args: readonly string[] },
): Docker.ContainerCreateOptions {
  return {
    name: input.name,
    Image: input.imageId,
    Entrypoint: [POSD],
    Cmd: [...input.args, "--home", HOME],
    User: `${UID}:${UID}`,
    Env: ["HOME=/tmp"],
    Labels: labels(settings, "one-shot", { volumeId: input.volumeId }),
    HostConfig: { ...confinement(input.volumeId), NetworkMode: "none", PidsLimit: 256, Memory: 1024 ** 3 },
  };
}

/** The node's container, labelled with a digest of everything else here, by which a changed spec is told from a repeated one. */
export function nodeOptions(
  settings: DockerHostSettings,
  spec: NodeSpec,
  imageId: string,
  name: string,
): Docker.ContainerCreateOptions {
  const p2p = `${P2P_PORT}/tcp`;
  const options: Docker.ContainerCreateOptions = {
    name,
    Image: imageId,
    Entrypoint: [POSD],
    Cmd: ["start", "--home", HOME, "--log_no_color"],
    User: `${UID}:${UID}`,
    Env: [
      "HOME=/tmp",
      `GOMAXPROCS=${Math.max(1, Math.ceil(spec.cpuMillicores / 1_000))}`,
      `GOMEMLIMIT=${Math.floor(spec.memoryBytes * HEAP_SHARE)}`,
    ],
    ExposedPorts: { [p2p]: {} },
    StopSignal: "SIGTERM",
    StopTimeout: STOP_TIMEOUT_SECONDS,
    Healthcheck: {
      Test: ["CMD", POSD, "status", "--home", HOME, "--node", `tcp://127.0.0.1:${RPC_PORT}`],
      Interval: 30 * NANOS_PER_SECOND,
      Timeout: 10 * NANOS_PER_SECOND,
      StartPeriod: 60 * NANOS_PER_SECOND,
      Retries: 3,
    },
    HostConfig: {
      ...confinement(spec.volumeId),
      NetworkMode: networkName(settings),
      // An empty host port lets the Engine choose one; inspect tells which.
      PortBindings: { [p2p]: [{ HostIp: settings.p2pBindHost, HostPort: "" }] },
      RestartPolicy: { Name: UNWANTED_POLICY },
      NanoCpus: spec.cpuMillicores * NANO_CPUS_PER_MILLICORE,
      Memory: spec.memoryBytes,
      MemorySwap: spec.memoryBytes,
      PidsLimit: spec.pidsLimit,
    },
  };
  const digest = createHash("sha256").update(JSON.stringify(options)).digest("hex");
  options.Labels = labels(settings, "node", { nodeId: spec.nodeId, volumeId: spec.volumeId, spec: digest });
  return options;
}
