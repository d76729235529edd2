import { GuardedFetchError, guardedDownload } from "@/lib/os/guarded-fetch";
import { upstreamRejected, upstreamUnavailable } from "@/server/kernel/errors";
import type { CallOptions } from "@/server/ports/call-options";
import type { WebDocuments } from "@/server/ports/web-documents";
import { withDeadline } from "@/server/ports/with-deadline";

const READ_MS = 10_000;

const unreachable = (url: string, cause?: unknown) =>
  upstreamUnavailable("documents.unreachable", `${url} does not answer. Try again, or paste the file.`, { cause });
const refused = (url: string, reason: string, cause: unknown) =>
  upstreamRejected("documents.refused", `${url} is not taken: ${reason}`, { cause });

/** Reads files through the guarded download; also what an address leads on to. */
export function createGuardedDocuments(): WebDocuments {
  const readBytes = (url: string, maxBytes: number, options?: CallOptions): Promise<Buffer> => {
    const ends = { options, defaultMs: READ_MS, onTimeout: () => unreachable(url), onAbort: () => unreachable(url) };
    return withDeadline(ends, (signal) => read(url, maxBytes, signal));
  };
  return {
    readBytes,
    readText: async (url, maxBytes, options) => {
      const bytes = await readBytes(url, maxBytes, options);
      try {
        return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      } catch (thrown) {
        throw refused(url, "It is not text in UTF-8.", thrown);
      }
    },
  };
}

async function read(url: string, maxBytes: number, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    await guardedDownload(url, { reach: "public", signal, maxBodyBytes: maxBytes }, async (chunk) => {
      chunks.push(chunk);
    });
    return Buffer.concat(chunks);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    if (thrown instanceof GuardedFetchError) throw refused(url, thrown.message, thrown);
    throw unreachable(url, thrown);
  }
}
