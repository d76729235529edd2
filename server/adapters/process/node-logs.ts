import { type FileHandle, open, stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { NodeLogLine } from "@/server/ports/node-host";
import { nodePaths } from "./node-layout.mjs";
import { isThere } from "./process-root";

const CHUNK_BYTES = 64 * 1024;
const POLL_MS = 250;
/** As the supervisor rotates: the current file and three older ones. */
const OLDER_FILES = [1, 2, 3];

const lineSchema = z.object({ at: z.string(), stream: z.enum(["stdout", "stderr"]), text: z.string() });

function parseLines(texts: readonly string[]): NodeLogLine[] {
  return texts.flatMap((text) => {
    try {
      const parsed = lineSchema.safeParse(JSON.parse(text));
      return parsed.success ? [parsed.data] : [];
    } catch {
      // A line cut by a power loss.
      return [];
    }
  });
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, "r");
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return null;
    throw thrown;
  }
}

/** The last complete lines before `endOffset`, read backwards so that a long file costs no more than what is wanted of it. */
async function lastLines(handle: FileHandle, count: number, endOffset: number): Promise<string[]> {
  let position = endOffset;
  let text = Buffer.alloc(0);
  while (position > 0 && text.filter((byte) => byte === 10).length <= count) {
    const length = Math.min(CHUNK_BYTES, position);
    position -= length;
    const chunk = Buffer.alloc(length);
    await handle.read(chunk, 0, length, position);
    text = Buffer.concat([chunk, text]);
  }
  const lines = text.toString("utf8").split("\n").slice(0, -1);
  return lines.slice(-count);
}

async function tailFile(path: string, count: number): Promise<string[]> {
  const handle = await openIfThere(path);
  if (handle === null || count <= 0) return [];
  try {
    return await lastLines(handle, count, (await handle.stat()).size);
  } finally {
    await handle.close();
  }
}

async function olderLines(logPath: string, count: number): Promise<string[]> {
  let lines: string[] = [];
  for (const index of OLDER_FILES) {
    if (lines.length >= count) break;
    lines = [...(await tailFile(`${logPath}.${index}`, count - lines.length)), ...lines];
  }
  return lines;
}

/** The last lines over the current and the older files, oldest first. */
export async function tailNodeLog(nodeDir: string, count: number): Promise<NodeLogLine[]> {
  const { log } = nodePaths(nodeDir);
  const newest = await tailFile(log, count);
  const older = newest.length < count ? await olderLines(log, count - newest.length) : [];
  return parseLines([...older, ...newest]);
}

async function readMore(handle: FileHandle, offset: number): Promise<Buffer> {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, offset);
  return chunk.subarray(0, bytesRead);
}

/** The file that follows the open one after rotations: the next younger by name; null while the open one is the current. */
async function nextFile(handle: FileHandle, logPath: string): Promise<string | null> {
  const { ino } = await handle.stat();
  const inodeOf = async (path: string) => (await stat(path).catch(() => null))?.ino;
  if ((await inodeOf(logPath)) === ino) return null;
  let younger = logPath;
  for (const index of OLDER_FILES) {
    const path = `${logPath}.${index}`;
    if ((await inodeOf(path)) === ino) return younger;
    younger = path;
  }
  // Rotated out altogether: what is oldest comes next.
  return younger;
}

/** What was read in one piece is still given line by line: who aborts at one line gets no other. */
function* untilAborted(lines: readonly NodeLogLine[], signal: AbortSignal): Generator<NodeLogLine> {
  for (const line of lines) {
    if (signal.aborted) return;
    yield line;
  }
}

/** The last `tail` lines, then each new one; ends when the signal aborts or the node's directory is gone. Misses nothing over a rotation. */
export async function* followNodeLog(nodeDir: string, tail: number, signal: AbortSignal): AsyncGenerator<NodeLogLine> {
  const { log } = nodePaths(nodeDir);
  let handle: FileHandle | null = null;
  let path = log;
  let offset = 0;
  let rest = Buffer.alloc(0);
  let isFirst = true;
  const pause = () => delay(POLL_MS, undefined, { signal }).catch(() => {});
  try {
    while (!signal.aborted) {
      handle ??= await openIfThere(path);
      if (handle === null) {
        if (!(await isThere(nodeDir))) return;
        isFirst = false;
        await pause();
        continue;
      }
      if (isFirst) {
        isFirst = false;
        offset = (await handle.stat()).size;
        const newest = await lastLines(handle, tail, offset);
        const older = newest.length < tail ? await olderLines(log, tail - newest.length) : [];
        yield* untilAborted(parseLines([...older, ...newest]), signal);
      }
      const read = await readMore(handle, offset);
      if (read.length === 0) {
        const next = await nextFile(handle, log);
        if (next === null) {
          if (!(await isThere(nodeDir))) return;
          await pause();
          continue;
        }
        // Nothing is written to a file once it has its new name; what came between the two looks is read first.
        if ((await handle.stat()).size > offset) continue;
        await handle.close();
        handle = null;
        path = next;
        offset = 0;
        rest = Buffer.alloc(0);
        continue;
      }
      offset += read.length;
      const lines = Buffer.concat([rest, read]);
      const end = lines.lastIndexOf(10) + 1;
      rest = lines.subarray(end);
      yield* untilAborted(parseLines(lines.subarray(0, end).toString("utf8").split("\n").slice(0, -1)), signal);
    }
  } finally {
    await handle?.close();
  }
}
