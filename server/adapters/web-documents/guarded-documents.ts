import { GuardedFetchError, guardedDownload } from "@/lib/os/guarded-fetch";
import { upstreamRejected, upstreamUnavailable } from "@/server/kernel/errors";
import type { WebDocuments } from "@/server/ports/web-documents";
import { withDeadline } from "@/server/ports/with-deadline";

const READ_MS = 10_000;

const unreachable = (url: string, cause?: unknown) =>
  upstreamUnavailable("documents.unreachable", `${url} does not answer. Try again, or paste the file.`, { cause });

/** Reads files through the guarded download; also what an address leads on to. */
export function createGuardedDocuments(): WebDocuments {
  return {
    readText: (url, maxBytes, options) => {
      const ends = { options, defaultMs: READ_MS, onTimeout: () => unreachable(url), onAbort: () => unreachable(url) };
      return withDeadline(ends, (signal) => read(url, maxBytes, signal));
    },
  };
}

async function read(url: string, maxBytes: number, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    await guardedDownload(url, { reach: "public", signal, maxBodyBytes: maxBytes }, async (chunk) => {
      chunks.push(chunk);
    });
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    const refused = (reason: string) =>
      upstreamRejected("documents.refused", `${url} is not taken: ${reason}`, { cause: thrown });
    if (thrown instanceof GuardedFetchError) throw refused(thrown.message);
    if (thrown instanceof TypeError) throw refused("It is not text in UTF-8.");
    throw unreachable(url, thrown);
  }
}
