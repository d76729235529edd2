import { mkdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { nodeNotFound, runtimeRefused, runtimeUnavailable } from "@/server/ports/node-host-errors";
import { nodesDirectory, volumesDirectory } from "./node-layout.mjs";

/** What the constructor is given, resolved. */
export type ProcessHostSettings = {
  readonly rootDir: string;
  readonly installationId: string;
  readonly supervisorPath: string;
  /** Address that P2P listens on; the one listener that others may reach. */
  readonly p2pBindHost: string;
  /** Host under which other nodes find this machine. */
  readonly advertisedHost: string;
  /** Below this much free space no volume is made and no node started. */
  readonly minimumFreeBytes: number;
};

const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/;

function safe(id: string): string {
  if (!SAFE_ID.test(id)) throw runtimeRefused("invalid_spec", { field: "id" });
  return id;
}

export const nodeDirectory = (settings: ProcessHostSettings, nodeId: string): string =>
  join(nodesDirectory(resolve(settings.rootDir)), safe(nodeId));

export const volumeDirectory = (settings: ProcessHostSettings, volumeId: string): string =>
  join(volumesDirectory(resolve(settings.rootDir)), safe(volumeId));

/** Makes the root where it is missing; for the calls that begin something. */
export async function makeRoot(settings: ProcessHostSettings): Promise<void> {
  await mkdir(resolve(settings.rootDir), { recursive: true, mode: 0o700 });
}

/** A root that is not there may be a disk that is not mounted: unknown, not empty. */
export async function requireRoot(settings: ProcessHostSettings): Promise<void> {
  try {
    if ((await stat(resolve(settings.rootDir))).isDirectory()) return;
  } catch (thrown) {
    throw runtimeUnavailable("The process host's directory", thrown);
  }
  throw runtimeUnavailable("The process host's directory");
}

/** Whether anything is at the path; errors other than "not there" are thrown. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return false;
    throw thrown;
  }
}

export async function requireNode(settings: ProcessHostSettings, nodeId: string): Promise<string> {
  await requireRoot(settings);
  const directory = nodeDirectory(settings, nodeId);
  if (!(await isThere(directory))) throw nodeNotFound(nodeId);
  return directory;
}
