import { type AppError, isAppError } from "@/server/kernel/errors";
import type { NodeLogLine, NodeRunState, NodeStats } from "@/server/ports/node-host";
import { runtimeRefused, runtimeUnavailable } from "@/server/ports/node-host-errors";
import type { ContainerFacts, ContainerUsage } from "./docker-schemas";

const NO_ANSWER = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EACCES",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTSOCK",
  "ENOTDIR",
  "ECONNABORTED",
]);

/** The HTTP status that the Engine answered with; undefined when it gave no answer. */
export function statusCodeOf(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !("statusCode" in thrown)) return undefined;
  return typeof thrown.statusCode === "number" ? thrown.statusCode : undefined;
}

/** Maps what dockerode throws by socket error code and HTTP status; the Engine's own text is kept as the cause only. */
export function toRuntimeError(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  const status = statusCodeOf(thrown);
  if (status !== undefined) return runtimeRefused("refused", { rawCode: String(status) }, thrown);
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "unknown";
  if (NO_ANSWER.has(code)) return runtimeUnavailable("The Docker Engine", thrown);
  return runtimeRefused("refused", { rawCode: code }, thrown);
}

/** A node that has been up this long runs, also when its RPC is silent for a moment; health is another's question. */
const STARTUP_MS = 60_000;

/**
 * The state by what the Engine says. Our own stop takes the restart policy away first, so a container that is down with its policy in place was
 * not stopped by us: it crashed, or waits until its last signatures are old enough.
 */
export function nodeState(
  facts: ContainerFacts,
  seen: { hasRpc: boolean; isDoubleSignWait: boolean; nowMs: number },
): NodeRunState {
  const { Status: status, StartedAt: startedAt } = facts.State;
  if (status === "created") return "created";
  if (status === "running" || status === "paused") {
    return seen.hasRpc || seen.nowMs - Date.parse(startedAt) > STARTUP_MS ? "running" : "starting";
  }
  if (facts.HostConfig.RestartPolicy.Name !== "unless-stopped") return "stopped";
  return seen.isDoubleSignWait ? "starting" : "crashed";
}

/** CPU (100 = one core) between the Engine's two samples and memory without the page cache, as `docker stats` counts them. */
export function toStats(usage: ContainerUsage, volumeBytes: number | null, measuredAt: string): NodeStats {
  const cpuDelta = usage.cpu_stats.cpu_usage.total_usage - usage.precpu_stats.cpu_usage.total_usage;
  const systemDelta = (usage.cpu_stats.system_cpu_usage ?? 0) - (usage.precpu_stats.system_cpu_usage ?? 0);
  const cores = usage.cpu_stats.online_cpus ?? 1;
  const cpuPercent = systemDelta > 0 && cpuDelta >= 0 ? (cpuDelta / systemDelta) * cores * 100 : null;
  const cached = usage.memory_stats.stats?.inactive_file ?? usage.memory_stats.stats?.total_inactive_file ?? 0;
  const used = usage.memory_stats.usage;
  const memoryBytes = used === undefined ? null : Math.max(0, used - cached);
  // The Engine does not tell what the disk below its volumes has left.
  return { cpuPercent, memoryBytes, volumeBytes, volumeFreeBytes: null, measuredAt };
}

const FRAME_HEAD_BYTES = 8;
const STDERR = 2;

/** How the Engine stamps a frame: RFC 3339 in UTC, then one space; never longer than this. */
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z /;
const STAMP_BYTES = 31;
const NOTHING = Buffer.alloc(0);

/**
 * Cuts the Engine's multiplexed log stream (8 bytes of head: stream, three zeros, big-endian length) with timestamps into lines; keeps what is
 * incomplete for the next chunk. A line longer than 16 KiB comes in several frames, each stamped anew and cut anywhere, also inside a character:
 * its first stamp is the line's, and bytes become text once the line is whole.
 */
export function createLogReader(): (chunk: Buffer) => NodeLogLine[] {
  let rest: Buffer = NOTHING;
  const partial: Record<"stdout" | "stderr", Buffer> = { stdout: NOTHING, stderr: NOTHING };
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const lines: NodeLogLine[] = [];
    while (rest.length >= FRAME_HEAD_BYTES) {
      const length = rest.readUInt32BE(4);
      if (rest.length < FRAME_HEAD_BYTES + length) break;
      const stream = rest[0] === STDERR ? "stderr" : "stdout";
      const frame = rest.subarray(FRAME_HEAD_BYTES, FRAME_HEAD_BYTES + length);
      rest = rest.subarray(FRAME_HEAD_BYTES + length);
      let text = partial[stream].length === 0 ? frame : Buffer.concat([partial[stream], withoutStamp(frame)]);
      for (let end = text.indexOf(10); end !== -1; end = text.indexOf(10)) {
        lines.push(toLogLine(stream, text.subarray(0, end).toString("utf8")));
        text = text.subarray(end + 1);
      }
      partial[stream] = text;
    }
    return lines;
  };
}

function withoutStamp(frame: Buffer): Buffer {
  const stamp = STAMP.exec(frame.subarray(0, STAMP_BYTES).toString("latin1"));
  return stamp === null ? frame : frame.subarray(stamp[0].length);
}

function toLogLine(stream: "stdout" | "stderr", line: string): NodeLogLine {
  const space = line.indexOf(" ");
  return { at: line.slice(0, space), stream, text: line.slice(space + 1).replace(/\r$/, "") };
}
