// A lock between processes of one machine, as a file that names its holder.

import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * When the process started, in clock ticks since boot; null where /proc does not tell.
 * Together with the pid it names one process for good, since pids are used again.
 * Source: proc_pid_stat(5), field 22; field 2 may contain spaces and brackets, hence the last ")".
 *
 * @param {number} pid
 * @returns {string | null}
 */
export function processStartTicks(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

/**
 * Whether the process that wrote this record still runs. A zombie counts as ended.
 *
 * @param {{ pid: number, startTicks: string | null }} record
 */
export function isProcessAlive(record) {
  if (!Number.isInteger(record.pid) || record.pid <= 0) return false;
  try {
    process.kill(record.pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
  if (record.startTicks === null) return true;
  try {
    const stat = readFileSync(`/proc/${record.pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] !== "Z" && fields[19] === record.startTicks;
  } catch {
    return false;
  }
}

/** @param {string} path */
function readHolder(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return null;
    // Records appear whole (link below), so anything unreadable was not written by a living holder.
    return { pid: 0, startTicks: null, nonce: "" };
  }
}

/**
 * Runs `work` while holding the lock at `path`. Waits for a living holder; takes over from a dead one.
 *
 * @template T
 * @param {{ path: string, onWait?: (holderPid: number) => void, signal?: AbortSignal }} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withFileLock({ path, onWait, signal }, work) {
  mkdirSync(dirname(path), { recursive: true });
  const nonce = randomUUID();
  const draftPath = `${path}.${nonce}`;
  writeFileSync(draftPath, JSON.stringify({ pid: process.pid, startTicks: processStartTicks(process.pid), nonce }));
  let hasReportedWait = false;
  try {
    for (;;) {
      signal?.throwIfAborted();
      try {
        linkSync(draftPath, path);
        break;
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
      }
      const holder = readHolder(path);
      if (holder === null) continue;
      if (!isProcessAlive(holder)) {
        removeStale(path, holder.nonce);
        continue;
      }
      if (!hasReportedWait) onWait?.(holder.pid);
      hasReportedWait = true;
      await sleep(500, undefined, { signal });
    }
  } finally {
    rmSync(draftPath, { force: true });
  }
  try {
    return await work();
  } finally {
    if (readHolder(path)?.nonce === nonce) rmSync(path, { force: true });
  }
}

/**
 * Removes the record of a dead holder. Of several that notice at once only one moves the file; one that comes late
 * may move the record of the next, living holder, so what was moved is looked at and put back.
 *
 * @param {string} path
 * @param {string} staleNonce
 */
function removeStale(path, staleNonce) {
  const asidePath = `${path}.${randomUUID()}`;
  try {
    renameSync(path, asidePath);
  } catch {
    return;
  }
  if (readHolder(asidePath)?.nonce !== staleNonce) {
    try {
      linkSync(asidePath, path);
    } catch {
      // Somebody else holds it by now; the one moved aside finishes without being disturbed.
    }
  }
  rmSync(asidePath, { force: true });
}
