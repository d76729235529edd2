import type { DockerApi } from "./docker-api";
import { type DockerHostSettings, labels, UID, VOLUME_MOUNT, volumeName } from "./docker-names";
import type { NodeImages } from "./node-image";
import { firstFile } from "./tar";

/** A file that its writer replaces by rename may be archived with a length that no longer fits; the next try meets it whole. */
const READ_TRIES = 5;

/** Reads and writes single files of one volume, paths relative to the volume's root. */
export type VolumeFiles = {
  readText(path: string): Promise<string | null>;
  /** Permission bits; null when there is no such file. */
  mode(path: string): Promise<number | null>;
  /** Owned by the node's user unless `isOurs`, which the node can read and not replace. */
  write(path: string, bytes: Uint8Array, options?: { isOurs?: boolean }): Promise<void>;
  makeHome(): Promise<void>;
};

function filesOf(api: DockerApi, containerId: string): VolumeFiles {
  const absolute = (path: string) => `${VOLUME_MOUNT}/${path}`;
  return {
    readText: async (path) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          const archive = await api.getArchive(containerId, absolute(path));
          return archive === null ? null : (firstFile(archive)?.bytes.toString("utf8") ?? null);
        } catch (thrown) {
          if (attempt === READ_TRIES) throw thrown;
        }
      }
    },
    mode: async (path) => (await api.statPath(containerId, absolute(path)))?.mode ?? null,
    write: async (path, bytes, { isOurs = false } = {}) => {
      const owner = isOurs ? 0 : UID;
      await api.putFiles(containerId, VOLUME_MOUNT, [{ path, mode: 0o644, uid: owner, gid: owner, bytes }]);
    },
    makeHome: async () => {
      await api.putFiles(containerId, VOLUME_MOUNT, [{ path: "home/", mode: 0o700, uid: UID, gid: UID }]);
    },
  };
}

/**
 * Gives `work` the files of an existing volume: a container that is made for it, never started, and removed again. No shell and no program of
 * the volume takes part. The volume has to exist, since naming it in a container would make it.
 */
export async function withVolumeFiles<Result>(
  parts: { api: DockerApi; images: NodeImages; settings: DockerHostSettings },
  volumeId: string,
  work: (files: VolumeFiles) => Promise<Result>,
): Promise<Result> {
  const { api, images, settings } = parts;
  const id = await api.createContainer({
    Image: await images.ensureFiles(),
    Cmd: ["-"],
    NetworkDisabled: true,
    Labels: labels(settings, "files", { volumeId }),
    HostConfig: { Binds: [`${volumeName(volumeId)}:${VOLUME_MOUNT}:nocopy`] },
  });
  if (id === null) throw new Error("A container without a name met a conflict.");
  try {
    return await work(filesOf(api, id));
  } finally {
    await api.removeContainer(id);
  }
}
