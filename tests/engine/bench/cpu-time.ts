import { readFileSync } from "node:fs";

/** Ticks of `utime` and `stime` per second; the kernel's USER_HZ, which is 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** CPU time of a process since its start in milliseconds, all threads (proc_pid_stat(5)); undefined where there is no /proc. */
export function cpuTimeMs(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the name in parentheses and may hold spaces; utime and stime are the 12th and 13th after it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1_000;
  } catch {
    return undefined;
  }
}
