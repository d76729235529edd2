import { readdirSync, readFileSync } from "node:fs";

/** Ticks of `utime` and `stime` per second; the kernel's USER_HZ, which is 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** Fields of proc_pid_stat(5) behind the name, which stands in parentheses and may hold spaces; undefined where there is no such process. */
function statFields(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

/** CPU time of a process since its start in milliseconds, all threads; undefined where there is no /proc. */
export function cpuTimeMs(pid: number): number | undefined {
  const fields = statFields(pid);
  // utime and stime are the 12th and 13th field after the name.
  return fields && ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1_000;
}

/** CPU time of a process and of all that it started, as far as they still run. */
export function treeCpuTimeMs(root: number): number {
  const parents = new Map<number, number>();
  for (const entry of readdirSync("/proc")) {
    const parent = /^\d+$/.test(entry) ? statFields(Number(entry))?.[1] : undefined;
    if (parent !== undefined) parents.set(Number(entry), Number(parent));
  }
  const isInTree = (pid: number | undefined): boolean =>
    pid !== undefined && pid !== 0 && (pid === root || isInTree(parents.get(pid)));
  return [...parents.keys()].filter(isInTree).reduce((sum, pid) => sum + (cpuTimeMs(pid) ?? 0), 0);
}
