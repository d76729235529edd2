import { mkdirSync, rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { readJson } from "./durable-file.mjs";
import { acquireLock, lockHolder } from "./generation-lock.mjs";

const placeOf = (path) => [dirname(path), basename(path, ".lock")];

// Earlier versions kept the lock in the path itself, without a number; one of them may still run.
function earlierHolder(path, isAlive) {
  const holder = readJson(path);
  return holder && isAlive(holder) ? holder : undefined;
}

export const pathLockHolder = (path, isAlive) => earlierHolder(path, isAlive) ?? lockHolder(...placeOf(path));

export function acquirePathLock(path, isAlive, facts) {
  mkdirSync(dirname(path), { recursive: true });
  const earlier = earlierHolder(path, isAlive);
  if (earlier) return { holder: earlier };
  const lock = acquireLock(...placeOf(path), facts);
  if (!lock.release) return lock;
  // One of an earlier version may have come in between.
  const late = earlierHolder(path, isAlive);
  if (late) {
    lock.release();
    return { holder: late };
  }
  rmSync(path, { force: true });
  return lock;
}
