import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { digestOfFile, fileFingerprint, syncPath } from "@/lib/os/file-digest";
import type { PinnedFile } from "@/server/ports/node-host";
import { runtimeRefused } from "@/server/ports/node-host-errors";
import { isThere } from "./process-root";

const SHA256_HEX = /^[0-9a-f]{64}$/;

function requireDigest(file: PinnedFile): string {
  if (!SHA256_HEX.test(file.sha256)) throw runtimeRefused("checksum_mismatch", { stated: file.sha256 });
  return file.sha256;
}

/** Copies that this process has hashed, by path; any write to one changes its ctime, which nobody can set. */
const hashed = new Map<string, string>();

function missing(file: PinnedFile, thrown: unknown): unknown {
  const isMissing = thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
  return isMissing ? runtimeRefused("file_missing", { sha256: file.sha256 }, thrown) : thrown;
}

async function copyVerified(file: PinnedFile, target: string, signal: AbortSignal): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const part = `${target}.part-${randomUUID()}`;
  const hash = createHash("sha256");
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(file.path, { highWaterMark: 1 << 20 }), tap, createWriteStream(part), { signal });
    const digest = hash.digest("hex");
    if (digest !== file.sha256) throw runtimeRefused("checksum_mismatch", { stated: file.sha256, found: digest });
    await chmod(part, 0o755);
    await syncPath(part);
    await rename(part, target);
    await syncPath(dirname(target));
  } catch (thrown) {
    await rm(part, { force: true });
    throw missing(file, thrown);
  }
}

/**
 * The path of our own copy of the binary, kept by its SHA-256 and hashed again when it changed; a copy that no longer matches is removed and made
 * anew. @throws upstream_rejected `runtime.checksum_mismatch` (nothing of the file stays), `runtime.file_missing`, `runtime.disk_full`
 */
export async function storeBinary(rootDir: string, binary: PinnedFile, signal: AbortSignal): Promise<string> {
  const target = join(resolve(rootDir), "binaries", requireDigest(binary), "posd");
  if (await isThere(target)) {
    const seen = await fileFingerprint(target);
    if (hashed.get(target) === seen) return target;
    if ((await digestOfFile(target, signal)) === binary.sha256) {
      hashed.set(target, seen);
      return target;
    }
    await rm(target, { force: true });
  }
  await copyVerified(binary, target, signal);
  return target;
}

/** The genesis file's bytes once their SHA-256 and chain id are the stated ones. */
export async function readGenesis(genesis: PinnedFile, chainId: string): Promise<Buffer> {
  requireDigest(genesis);
  let bytes: Buffer;
  try {
    bytes = await readFile(genesis.path);
  } catch (thrown) {
    throw missing(genesis, thrown);
  }
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (digest !== genesis.sha256) throw runtimeRefused("checksum_mismatch", { stated: genesis.sha256, found: digest });
  let found: unknown;
  try {
    found = (JSON.parse(bytes.toString("utf8")) as { chain_id?: unknown } | null)?.chain_id;
  } catch (thrown) {
    throw runtimeRefused("genesis_chain_mismatch", { stated: chainId }, thrown);
  }
  if (found !== chainId) throw runtimeRefused("genesis_chain_mismatch", { stated: chainId, found: String(found) });
  return bytes;
}
