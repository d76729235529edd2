import { runtimeRefused } from "@/server/ports/node-host-errors";

/** What every part of the adapter is given. */
export type DockerHostSettings = {
  readonly installationId: string;
  /** Address of the host on which the P2P port is published. */
  readonly p2pBindHost: string;
  /** Host under which other nodes find this machine. */
  readonly advertisedHost: string;
  readonly minimumFreeBytes: number;
};

export const LABEL = {
  installation: "omniphi.installation",
  role: "omniphi.role",
  node: "omniphi.node",
  volume: "omniphi.volume",
  spec: "omniphi.spec",
} as const;

export type ContainerRole = "node" | "files" | "one-shot";

/** Everything inside a container lives under the volume's mount point; the rest of its file system is read-only. */
export const VOLUME_MOUNT = "/volume";
export const HOME = `${VOLUME_MOUNT}/home`;
export const POSD = "/posd";
/** The owner of everything in a volume and the user of every process. */
export const UID = 1000;

const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/;

function safe(id: string): string {
  if (!SAFE_ID.test(id)) throw runtimeRefused("invalid_spec", { field: "id" });
  return id;
}

export const nodeContainerName = (nodeId: string): string => `omniphi-validator-${safe(nodeId)}`;
export const volumeName = (volumeId: string): string => `omniphi-val-${safe(volumeId)}`;
export const networkName = (settings: DockerHostSettings): string =>
  `omniphi-validator-network-${safe(settings.installationId)}`;

export function labels(
  settings: DockerHostSettings,
  role: ContainerRole,
  more: { nodeId?: string; volumeId?: string; spec?: string } = {},
): Record<string, string> {
  return {
    [LABEL.installation]: settings.installationId,
    [LABEL.role]: role,
    ...(more.nodeId === undefined ? {} : { [LABEL.node]: more.nodeId }),
    ...(more.volumeId === undefined ? {} : { [LABEL.volume]: more.volumeId }),
    ...(more.spec === undefined ? {} : { [LABEL.spec]: more.spec }),
  };
}
