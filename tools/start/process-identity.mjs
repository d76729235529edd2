import { existsSync, readdirSync, readFileSync } from "node:fs";
import { identityOf, isRunning, ownerOf } from "../../lib/os/process-identity.mjs";

export { identityOf };

const hasProc = existsSync("/proc/self/stat");

/** True while a process with this id exists, whoever owns it. */
export const isAlive = (pid) => ownerOf(pid) !== "nobody";

/** True while the very process that `identityOf` described still runs. */
export function isSameProcess(pid, identity) {
  return isRunning({ pid, identity });
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
