import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { PinnedFile } from "@/server/ports/node-host";
import { runtimeRefused } from "@/server/ports/node-host-errors";

/** The file's bytes once their SHA-256 is the stated one; what is used afterwards are these bytes and not the file again. */
export async function readPinned(file: PinnedFile): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file.path);
  } catch (thrown) {
    const isMissing = thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
    throw isMissing ? runtimeRefused("file_missing", { sha256: file.sha256 }, thrown) : thrown;
  }
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== file.sha256) throw runtimeRefused("checksum_mismatch", { stated: file.sha256, found });
  return bytes;
}

/** The genesis file's bytes once its SHA-256 and its chain id are the stated ones. */
export async function readGenesis(genesis: PinnedFile, chainId: string): Promise<Buffer> {
  const bytes = await readPinned(genesis);
  let found: unknown;
  try {
    found = (JSON.parse(bytes.toString("utf8")) as { chain_id?: unknown } | null)?.chain_id;
  } catch (thrown) {
    throw runtimeRefused("genesis_chain_mismatch", { stated: chainId }, thrown);
  }
  if (found !== chainId) throw runtimeRefused("genesis_chain_mismatch", { stated: chainId, found: String(found) });
  return bytes;
}
