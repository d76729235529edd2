import { createHash } from "node:crypto";
import type { PinnedFile } from "@/server/ports/node-host";
import { runtimeRefused } from "@/server/ports/node-host-errors";
import type { DockerApi } from "./docker-api";
import { type DockerHostSettings, labels, POSD, UID } from "./docker-names";
import { readPinned } from "./pinned-files";
import { parseTarHeader, type TarEntry } from "./tar";

const NODE_REPOSITORY = "omniphi-node";
const FILES_IMAGE = { repository: "omniphi-files", tag: "1" };
const HEADER_BYTES = 512;

const DIRECTORIES: readonly TarEntry[] = [
  { path: "tmp/", mode: 0o1777, uid: 0, gid: 0 },
  { path: "volume/", mode: 0o755, uid: 0, gid: 0 },
];

function nodeImage(binary: Buffer): TarEntry[] {
  const passwd = Buffer.from(`omniphi:x:${UID}:${UID}::/tmp:\n`);
  const group = Buffer.from(`omniphi:x:${UID}:\n`);
  return [
    ...DIRECTORIES,
    { path: "etc/", mode: 0o755, uid: 0, gid: 0 },
    { path: "etc/passwd", mode: 0o644, uid: 0, gid: 0, bytes: passwd },
    { path: "etc/group", mode: 0o644, uid: 0, gid: 0, bytes: group },
    { path: POSD.slice(1), mode: 0o755, uid: 0, gid: 0, bytes: binary },
  ];
}

/** SHA-256 of the first file of a tar stream, whose length its header states; null when the stream is cut. */
async function digestOfFirstFile(stream: NodeJS.ReadableStream): Promise<string | null> {
  const hash = createHash("sha256");
  let head = Buffer.alloc(0);
  let leftBytes: number | null = null;
  for await (const piece of stream) {
    let chunk = Buffer.from(piece);
    if (leftBytes === null) {
      head = Buffer.concat([head, chunk]);
      if (head.length < HEADER_BYTES) continue;
      leftBytes = parseTarHeader(head.subarray(0, HEADER_BYTES))?.sizeBytes ?? 0;
      chunk = head.subarray(HEADER_BYTES);
    }
    const part = chunk.subarray(0, leftBytes);
    hash.update(part);
    leftBytes -= part.length;
  }
  return leftBytes === 0 ? hash.digest("hex") : null;
}

/**
 * Images by content, made on the Engine itself out of a file: a node's image is tagged with its binary's SHA-256, and is believed only after the
 * binary inside it was hashed once, so that an import cut by a restart of the Engine, or a tag that was moved, never runs.
 */
export function createNodeImages(api: DockerApi, settings: DockerHostSettings) {
  const verified = new Map<string, string>();
  const pending = new Map<string, Promise<string>>();

  async function holds(imageId: string, sha256: string): Promise<boolean> {
    if (verified.get(imageId) === sha256) return true;
    const id = await api.createContainer({
      Image: imageId,
      Cmd: [POSD],
      NetworkDisabled: true,
      Labels: labels(settings, "files"),
    });
    if (id === null) return false;
    try {
      const stream = await api.openArchive(id, POSD);
      const isRight = stream !== null && (await digestOfFirstFile(stream)) === sha256;
      if (isRight) verified.set(imageId, sha256);
      return isRight;
    } finally {
      await api.removeContainer(id);
    }
  }

  async function build(binary: PinnedFile): Promise<string> {
    const name = `${NODE_REPOSITORY}:${binary.sha256}`;
    const known = await api.inspectImage(name);
    if (known !== null && (await holds(known.Id, binary.sha256))) return known.Id;
    const bytes = await readPinned(binary);
    if (known !== null) await api.removeImage(name);
    await api.importImage(NODE_REPOSITORY, binary.sha256, nodeImage(bytes));
    const made = await api.inspectImage(name);
    if (made !== null && (await holds(made.Id, binary.sha256))) return made.Id;
    await api.removeImage(name);
    throw runtimeRefused("checksum_mismatch", { stated: binary.sha256, where: "image" });
  }

  return {
    /** Id of the image that runs exactly this binary; made when the Engine has none. @throws upstream_rejected `runtime.checksum_mismatch` */
    ensure: async (binary: PinnedFile): Promise<string> => {
      if (!/^[0-9a-f]{64}$/.test(binary.sha256)) throw runtimeRefused("checksum_mismatch", { stated: binary.sha256 });
      const running = pending.get(binary.sha256);
      if (running !== undefined) return await running;
      const work = build(binary).finally(() => pending.delete(binary.sha256));
      pending.set(binary.sha256, work);
      return await work;
    },
    /** Id of an image with nothing in it, for containers that are never started and only lend their volume to the archive API. */
    ensureFiles: async (): Promise<string> => {
      const name = `${FILES_IMAGE.repository}:${FILES_IMAGE.tag}`;
      const known = await api.inspectImage(name);
      if (known !== null) return known.Id;
      await api.importImage(FILES_IMAGE.repository, FILES_IMAGE.tag, DIRECTORIES);
      const made = await api.inspectImage(name);
      if (made === null) throw runtimeRefused("refused", { rawCode: "image_missing" });
      return made.Id;
    },
  };
}

export type NodeImages = ReturnType<typeof createNodeImages>;
