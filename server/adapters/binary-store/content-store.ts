import { createHash, randomUUID } from "node:crypto";
import { chmod, type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { digestOfFile, fileFingerprint, syncPath } from "@/lib/os/file-digest";
import { acquireLock } from "@/lib/os/generation-lock.mjs";
import { binaryRefused } from "./binary-errors";

/** Hands the bytes over, from wherever they are had. */
export type Bring = (take: (chunk: Buffer) => Promise<void>, signal: AbortSignal) => Promise<void>;

const LOOK_AGAIN_MS = 200;
/** No file takes so long to come. */
const ABANDONED_AFTER_MS = 60 * 60_000;
const PLAIN_MODE = 0o644;
const PROGRAM_MODE = 0o755;

/**
 * Files named by their own SHA-256, in a folder that the processes of one machine share. One process at a time brings a file, the others wait for
 * it; it has its name, and a program may be run, only once every byte was hashed and lies on the disk, so that a crash at any line leaves a draft.
 */
export function createContentStore(rootDir: string) {
  const root = resolve(rootDir);
  /** Files that this process has hashed. */
  const hashed = new Map<string, string>();

  /** The file, when its bytes are still those of its name; one that was changed is removed. */
  const find = async (sha256: string, signal: AbortSignal): Promise<string | undefined> => {
    const path = join(root, sha256);
    const seen = await fileFingerprint(path).catch(() => undefined);
    if (seen === undefined) return undefined;
    if (hashed.get(path) === seen) return path;
    if ((await digestOfFile(path, signal)) !== sha256) {
      await rm(path, { force: true });
      return undefined;
    }
    hashed.set(path, seen);
    return path;
  };

  /** @param stated null where nobody has told the SHA-256: the file gets the name of the one that is found */
  const bringOnce = async (stated: string | null, isProgram: boolean, bring: Bring, signal: AbortSignal) => {
    const draft = join(root, `${stated ?? "unnamed"}.part-${randomUUID()}`);
    try {
      const found = await write(draft, bring, signal);
      if (stated !== null && found !== stated) throw binaryRefused("checksum_mismatch", { stated, found });
      await chmod(draft, isProgram ? PROGRAM_MODE : PLAIN_MODE);
      await rename(draft, join(root, found));
      await syncPath(root);
      return found;
    } finally {
      await rm(draft, { force: true });
    }
  };

  /** Whoever died while bringing a file has left a draft. Of a named one the lock is ours, so nobody writes it now; of others the old ones go. */
  const removeDrafts = async (stated: string | null): Promise<void> => {
    for (const name of await readdir(root)) {
      if (!name.startsWith(`${stated ?? "unnamed"}.part-`)) continue;
      const isOld = async () => Date.now() - (await stat(join(root, name))).mtimeMs > ABANDONED_AFTER_MS;
      if (stated !== null || (await isOld().catch(() => false))) await rm(join(root, name), { force: true });
    }
  };

  return {
    /** The path of the file with that SHA-256, brought when it is not there. @throws upstream_rejected `binaries.checksum_mismatch`, what `bring` throws */
    keep: async (
      file: { readonly sha256: string; readonly isProgram: boolean },
      bring: Bring,
      signal: AbortSignal,
    ): Promise<string> => {
      await mkdir(root, { recursive: true, mode: 0o700 });
      for (;;) {
        const there = await find(file.sha256, signal);
        if (there !== undefined) return there;
        const lock = acquireLock(root, file.sha256);
        if (lock.release === undefined) {
          await delay(LOOK_AGAIN_MS, undefined, { signal });
          continue;
        }
        try {
          // It may have come between the look and the lock.
          const meanwhile = await find(file.sha256, signal);
          if (meanwhile !== undefined) return meanwhile;
          await removeDrafts(file.sha256);
          return join(root, await bringOnce(file.sha256, file.isProgram, bring, signal));
        } finally {
          lock.release();
        }
      }
    },
    /** Brings a file of which nobody has told the SHA-256 and keeps it under the one that it has; answers with its path and that. */
    keepUnnamed: async (isProgram: boolean, bring: Bring, signal: AbortSignal) => {
      await mkdir(root, { recursive: true, mode: 0o700 });
      await removeDrafts(null);
      const sha256 = await bringOnce(null, isProgram, bring, signal);
      return { path: join(root, sha256), sha256 };
    },
  };
}

async function write(draft: string, bring: Bring, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  const file: FileHandle = await open(draft, "wx", 0o600);
  try {
    await bring(async (chunk) => {
      hash.update(chunk);
      await file.writeFile(chunk);
    }, signal);
    await file.sync();
    return hash.digest("hex");
  } finally {
    await file.close();
  }
}
