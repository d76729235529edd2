import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { identityOf, isSameProcess } from "./process-identity.mjs";

const readHolder = (path) => {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
};

/** The process that holds the lock, or undefined when it is free or its holder is gone. */
export function lockHolder(path) {
  const holder = readHolder(path);
  return holder && isSameProcess(holder.pid, holder.identity) ? holder : undefined;
}

/**
 * Takes the lock file at once or not at all: the file appears by link(2) with its content complete, so that no reader
 * sees it half written. A lock whose holder is dead is taken over. Returns `{ release }` or `{ holder }`.
 */
export function tryLock(path, facts = {}) {
  mkdirSync(dirname(path), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, identity: identityOf(process.pid), ...facts });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, mine);
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      try {
        linkSync(draft, path);
        return { release: () => readHolder(path)?.pid === process.pid && rmSync(path, { force: true }) };
      } catch (error) {
        if (error.code !== "EEXIST") throw error;
      }
      const holder = lockHolder(path);
      if (holder) return { holder };
      dropStale(path);
    }
    return { holder: readHolder(path) ?? { pid: 0 } };
  } finally {
    rmSync(draft, { force: true });
  }
}

// Two starts may find the same dead lock: renaming gives it to one of them, and what was moved is looked at again, in
// case the other has already put a live lock in its place.
function dropStale(path) {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  if (lockHolder(aside)) {
    try {
      linkSync(aside, path);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
  }
  rmSync(aside, { force: true });
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
