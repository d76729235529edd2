import { readFileSync } from "node:fs";
import { identityOf, isSameProcess } from "./process-identity.mjs";

const LOOK_INTERVAL_MS = 500;

const parentOf = (pid) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
};

const isNpm = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith("npm");
  } catch {
    return false;
  }
};

/**
 * Calls `onGone` when the npm that runs this script has ended. npm passes a signal only to its shell, which dies without
 * telling anybody, so whoever ends npm would otherwise leave everything running. Without npm above, nothing is watched.
 */
export function watchNpm(onGone) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const grandparent = parentOf(parent);
  const above = !isNpm(parent) && isNpm(grandparent) ? [parent, grandparent] : [parent];
  const watched = above.map((pid) => ({ pid, identity: identityOf(pid) }));
  const timer = setInterval(() => {
    if (watched.every(({ pid, identity }) => isSameProcess(pid, identity))) return;
    clearInterval(timer);
    onGone();
  }, LOOK_INTERVAL_MS);
  timer.unref();
}
