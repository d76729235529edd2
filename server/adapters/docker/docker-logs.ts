import { setTimeout as delay } from "node:timers/promises";
import type { NodeLogLine } from "@/server/ports/node-host";
import type { DockerApi } from "./docker-api";
import { nodeContainerName } from "./docker-names";
import { createLogReader, statusCodeOf, toRuntimeError } from "./transform";

const POLL_MS = 500;

/** The last lines that the Engine kept, oldest first. */
export async function tailLogs(api: DockerApi, id: string, tail: number, signal: AbortSignal): Promise<NodeLogLine[]> {
  if (tail <= 0) return [];
  const read = createLogReader();
  const lines: NodeLogLine[] = [];
  for await (const chunk of await api.containerLogs(id, { tail, follow: false, signal }))
    lines.push(...read(Buffer.from(chunk)));
  // The Engine gives each stream's own order; the timestamps are its own and one clock's.
  return lines.sort((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : 0));
}

/** `2026-01-02T03:04:05.123456789Z` as the seconds, with nine decimals, that the Engine takes for `since`. */
function toSinceSeconds(at: string): string {
  const fraction = /\.(\d+)Z$/.exec(at)?.[1] ?? "0";
  return `${Math.floor(Date.parse(at) / 1_000)}.${fraction.padEnd(9, "0")}`;
}

/**
 * The last `tail` lines, then each new one. The Engine ends its stream with the container's run, so it is opened again after a restart, from the
 * last line on; it ends when the signal aborts or the container is gone.
 */
export async function* followLogs(
  api: DockerApi,
  nodeId: string,
  tail: number,
  signal: AbortSignal,
): AsyncGenerator<NodeLogLine> {
  const name = nodeContainerName(nodeId);
  let lastAt: string | null = null;
  try {
    while (!signal.aborted) {
      if ((await api.inspectContainer(name)) === null) return;
      const from = lastAt === null ? { tail } : { sinceSeconds: toSinceSeconds(lastAt) };
      const read = createLogReader();
      const stream = await api.containerLogs(name, { ...from, follow: true, signal });
      for await (const chunk of stream) {
        for (const line of read(Buffer.from(chunk))) {
          if (lastAt !== null && line.at <= lastAt) continue;
          lastAt = line.at;
          yield line;
          if (signal.aborted) return;
        }
      }
      await delay(POLL_MS, undefined, { signal });
    }
  } catch (thrown) {
    if (signal.aborted || statusCodeOf(thrown) === 404) return;
    throw toRuntimeError(thrown);
  }
}
