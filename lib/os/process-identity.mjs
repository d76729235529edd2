import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const hasProc = existsSync("/proc/self/stat");

// Start times count from boot, so that after another boot they may repeat.
let bootId;
function currentBootId() {
  bootId ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return bootId;
}

function statFields(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // proc(5): the second field is the command in parentheses and may itself hold spaces and parentheses.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

export function identityOf(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    if (!hasProc) {
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
    }
    const fields = statFields(pid);
    // Field 3 is the state (a zombie runs no more), field 22 the start time in ticks since boot.
    return fields[0] === "Z" || fields[0] === "X" ? undefined : `${currentBootId()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

export function ownerOf(pid) {
  try {
    process.kill(pid, 0);
    return "us";
  } catch (error) {
    return error.code === "EPERM" ? "others" : "nobody";
  }
}

// A lock that is kept too long can be seen; one that two hold cannot. So what cannot be told counts as running.
export function mayRun(reference) {
  if (isRunning(reference)) return true;
  const pid = reference?.pid;
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (reference.identity === undefined) return ownerOf(pid) !== "nobody";
  // Some systems show /proc only to a process's owner.
  return ownerOf(pid) === "others" && identityOf(pid) === undefined;
}

export function isRunning(reference) {
  return reference != null && reference.identity !== undefined && identityOf(reference.pid) === reference.identity;
}
