import { setTimeout as delay } from "node:timers/promises";
import { acquirePathLock, pathLockHolder } from "../../lib/os/path-lock.mjs";
import { isRunning } from "../../lib/os/process-identity.mjs";

/** The process that holds the lock, or undefined when it is free or its holder is gone. */
export const lockHolder = (path) => pathLockHolder(path, isRunning);

/** Takes the lock at once or not at all; one whose holder is dead is taken over. Returns `{ release }` or `{ holder }`. */
export function tryLock(path, facts) {
  const { release, holder } = acquirePathLock(path, isRunning, facts);
  return release ? { release } : { holder: holder ?? { pid: 0 } };
}

/** Waits for the lock as long as its holder lives; `onWait(holder)` is called once when there is somebody to wait for. */
export async function waitForLock(path, { signal, onWait }) {
  let hasSaid = false;
  for (;;) {
    const { release, holder } = tryLock(path);
    if (release) return release;
    if (!hasSaid) onWait?.(holder);
    hasSaid = true;
    await delay(300, undefined, { signal });
  }
}
