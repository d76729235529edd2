import { createReadStream } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { upstreamUnavailable } from "@/server/kernel/errors";
import type { AnchoredHead, AuditAnchor } from "@/server/ports/audit-anchor";

const FILE_NAME = "audit-anchors.jsonl";
const line = z.strictObject({
  chainKey: z.string(),
  sequence: z.number().int(),
  hash: z.string(),
  anchoredAt: z.string(),
});

const unavailable = (cause: unknown) =>
  upstreamUnavailable(
    "audit.anchor_unavailable",
    "The file of audit anchors cannot be read or written. Check the data directory and its free space.",
    { cause },
  );

/** Keeps anchored heads as JSON lines in the data directory, one append with fsync per call; lines are only ever added. */
export function createFileAuditAnchor(config: { readonly dataDir: string }): AuditAnchor {
  const path = join(config.dataDir, FILE_NAME);
  return {
    append: async (heads, anchoredAt) => {
      if (heads.length === 0) return;
      const text = heads
        .map(({ chainKey, sequence, hash }) => `${JSON.stringify({ chainKey, sequence, hash, anchoredAt })}\n`)
        .join("");
      try {
        await mkdir(config.dataDir, { recursive: true });
        const file = await open(path, "a", 0o600);
        try {
          await file.appendFile(text);
          await file.sync();
        } finally {
          await file.close();
        }
      } catch (cause) {
        throw unavailable(cause);
      }
    },
    list: async (chainKey) => {
      const found: AnchoredHead[] = [];
      await readAll(path, (head) => {
        if (head.chainKey === chainKey) found.push(head);
      });
      return found;
    },
    latest: async () => {
      const newest = new Map<string, AnchoredHead>();
      await readAll(path, (head) => newest.set(head.chainKey, head));
      return [...newest.values()];
    },
  };
}

/** Gives each line to `visit`, oldest first; no file yet is no lines. */
async function readAll(path: string, visit: (head: AnchoredHead) => void): Promise<void> {
  try {
    const lines = createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Number.POSITIVE_INFINITY });
    for await (const text of lines) {
      // A crash can cut the last line short; a cut line anchors nothing.
      const parsed = line.safeParse(parseOrNull(text));
      if (parsed.success) visit(parsed.data);
    }
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return;
    throw unavailable(cause);
  }
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
