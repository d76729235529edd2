import { execFile } from "node:child_process";
import { readdir, readFile, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import type { NodeStats } from "@/server/ports/node-host";

/** USER_HZ, fixed at 100 for everything that Linux shows under /proc. */
const TICKS_PER_SECOND = 100;
const CPU_SAMPLE_MS = 250;

async function cpuTicks(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  // proc(5): utime is field 14, stime field 15; the slice begins at field 3.
  return Number(fields[11]) + Number(fields[12]);
}

async function residentBytes(pid: number): Promise<number | null> {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, "utf8"));
  return match?.[1] === undefined ? null : Number(match[1]) * 1_024;
}

async function processUsage(pid: number): Promise<Pick<NodeStats, "cpuPercent" | "memoryBytes">> {
  try {
    if (process.platform !== "linux") {
      const { stdout } = await promisify(execFile)("ps", ["-o", "%cpu=,rss=", "-p", String(pid)]);
      const [cpu, rss] = stdout.trim().split(/\s+/).map(Number);
      return { cpuPercent: cpu ?? null, memoryBytes: rss === undefined ? null : rss * 1_024 };
    }
    const before = await cpuTicks(pid);
    const beganMs = performance.now();
    await delay(CPU_SAMPLE_MS);
    const usedSeconds = ((await cpuTicks(pid)) - before) / TICKS_PER_SECOND;
    const cpuPercent = (usedSeconds / ((performance.now() - beganMs) / 1_000)) * 100;
    return { cpuPercent, memoryBytes: await residentBytes(pid) };
  } catch {
    // The process ended between two reads: there is nothing to measure.
    return { cpuPercent: null, memoryBytes: null };
  }
}

async function directoryBytes(path: string): Promise<number> {
  let totalBytes = 0;
  for (const entry of await readdir(path, { withFileTypes: true }).catch(() => [])) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) totalBytes += await directoryBytes(child);
    // Databases remove files while they are counted.
    else
      totalBytes += await stat(child).then(
        (found) => found.size,
        () => 0,
      );
  }
  return totalBytes;
}

/** What an unprivileged process may still write on the disk of the volume. */
const freeBytes = (path: string): Promise<number | null> =>
  statfs(path).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );

/** CPU (100 = one core) over a quarter of a second, resident memory, the bytes of all files in the volume, and what its disk has left. */
export async function measureNode(pid: number | null, volumeDir: string): Promise<NodeStats> {
  const usage = pid === null ? { cpuPercent: null, memoryBytes: null } : await processUsage(pid);
  return {
    ...usage,
    volumeBytes: await directoryBytes(volumeDir),
    volumeFreeBytes: await freeBytes(volumeDir),
    measuredAt: new Date().toISOString(),
  };
}
