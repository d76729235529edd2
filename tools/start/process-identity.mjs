import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

const hasProc = existsSync("/proc/self/stat");

// Start times count from boot, so that after another boot they may repeat.
let bootId;
function currentBootId() {
  bootId ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return bootId;
}

/** True while a process with this id exists, whoever owns it. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** What tells a process from a later one with the same id: its start time. Undefined when there is no such process. */
export function identityOf(pid) {
  try {
    if (hasProc) {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      // proc(5): field 3 is the state, field 22 the start time in clock ticks after boot. A zombie is not alive.
      return fields[0] === "Z" ? undefined : `${currentBootId()}/${fields[19]}`;
    }
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** True while the very process that `identityOf` described still runs. */
export function isSameProcess(pid, identity) {
  return identity !== undefined && identityOf(pid) === identity;
}

/** True while any process of the group lives; zombies that nobody has reaped yet do not count where /proc can tell. */
export function isGroupAlive(groupId) {
  try {
    process.kill(-groupId, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
  return hasProc ? groupMembers(groupId).length > 0 : true;
}

/** The ids of the living processes of a group; empty where there is no /proc. */
export function groupMembers(groupId) {
  if (!hasProc) return [];
  return readdirSync("/proc").flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] !== "Z" && Number(fields[2]) === groupId ? [Number(entry)] : [];
    } catch {
      return [];
    }
  });
}

/** The value of one environment variable of another process, where /proc shows it to this user. */
export function environmentOf(pid, name) {
  try {
    const entries = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
    return entries.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1);
  } catch {
    return undefined;
  }
}
