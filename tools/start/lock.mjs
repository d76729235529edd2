import { mkdirSync, rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { readJson } from "../../server/kernel/durable-file.mjs";
import { acquireLock, lockHolder as numberedHolder } from "../../server/kernel/generation-lock.mjs";
import { isRunning } from "../../server/kernel/process-identity.mjs";

/** Folder and name of the lock `<folder>/<name>.lock`; its files are that path with a number. */
const placeOf = (path) => [dirname(path), basename(path, ".lock")];

// Earlier versions kept the lock in the path itself, without a number; one of them may still run.
function earlierHolder(path) {
  const holder = readJson(path);
  return isRunning(holder) ? holder : undefined;
}

/** The process that holds the lock, or undefined when it is free or its holder is gone. */
export const lockHolder = (path) => earlierHolder(path) ?? numberedHolder(...placeOf(path));

/** Takes the lock at once or not at all; one whose holder is dead is taken over. Returns `{ release }` or `{ holder }`. */
export function tryLock(path, facts = {}) {
  mkdirSync(dirname(path), { recursive: true });
  const earlier = earlierHolder(path);
  if (earlier) return { holder: earlier };
  const { release, holder } = acquireLock(...placeOf(path), facts);
  if (!release) return { holder: holder ?? { pid: 0 } };
  // One of an earlier version may have come in between.
  const late = earlierHolder(path);
  if (late) {
    release();
    return { holder: late };
  }
  rmSync(path, { force: true });
  return { release };
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
