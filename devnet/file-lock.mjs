// A lock between processes of one machine, and how a process is told from a later one with its id.

import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { acquirePathLock } from "../lib/os/path-lock.mjs";

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
  let isAnotherUsers = false;
  try {
    process.kill(record.pid, 0);
  } catch (error) {
    isAnotherUsers = /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
    if (!isAnotherUsers) return false;
  }
  if (record.startTicks === null) return true;
  try {
    const stat = readFileSync(`/proc/${record.pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] !== "Z" && fields[19] === record.startTicks;
  } catch {
    // Some systems show /proc only to a process's owner.
    return isAnotherUsers;
  }
}

/**
 * Runs `work` while holding the lock at `path`, whose files are that path with a number. Waits for a living holder; takes over from a dead one.
 *
 * @template T
 * @param {{ path: string, onWait?: (holderPid: number) => void, signal?: AbortSignal }} options `path` ends in `.lock`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withFileLock({ path, onWait, signal }, work) {
  let hasReportedWait = false;
  for (;;) {
    signal?.throwIfAborted();
    const { release, holder } = acquirePathLock(path, isProcessAlive);
    if (release) {
      try {
        return await work();
      } finally {
        release();
      }
    }
    if (holder && !hasReportedWait) {
      onWait?.(holder.pid);
      hasReportedWait = true;
    }
    await sleep(500, undefined, { signal });
  }
}
