import { randomUUID } from "node:crypto";
import { readdirSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { createAtomically, readJson } from "./durable-file.mjs";
import { identityOf, mayRun } from "./process-identity.mjs";

// Whoever shares the folder has to see that the lock is free; it says nothing that is secret.
const MODE = 0o644;

function generations(directory, name) {
  let entries = [];
  try {
    entries = readdirSync(directory);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return entries
    .flatMap((entry) => {
      const match = entry.startsWith(`${name}.lock.`) ? /\.lock\.(\d+)$/.exec(entry) : null;
      return match ? [Number(match[1])] : [];
    })
    .sort((left, right) => left - right);
}

const pathOf = (directory, name, generation) => join(directory, `${name}.lock.${generation}`);

function holderAt(directory, name, generation) {
  const entry = readJson(pathOf(directory, name, generation));
  return mayRun(entry) ? entry : undefined;
}

export function lockHolder(directory, name) {
  const newest = generations(directory, name).at(-1);
  return newest === undefined ? undefined : holderAt(directory, name, newest);
}

// Nothing is ever taken away from a dead holder: the next one makes the next number, which link(2) gives to one process only. The newest number
// stays even when released, since a contender that looked before must not be able to make a number that was used already.
export function acquireLock(directory, name, facts = {}) {
  const mine = { ...facts, pid: process.pid, identity: identityOf(process.pid), nonce: randomUUID() };
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const newest = generations(directory, name).at(-1) ?? 0;
    const holder = newest === 0 ? undefined : holderAt(directory, name, newest);
    if (holder !== undefined) return { holder };
    const generation = newest + 1;
    const path = pathOf(directory, name, generation);
    if (!createAtomically(path, JSON.stringify(mine), MODE)) continue;
    const after = generations(directory, name);
    if (after.at(-1) !== generation) {
      rmSync(path, { force: true });
      continue;
    }
    for (const older of after) if (older < generation) tidyAway(pathOf(directory, name, older));
    return { release: () => release(path, mine.nonce) };
  }
  return { holder: lockHolder(directory, name) };
}

// Emptied rather than written anew: that needs no room on a full disk, and it brings back no folder that was removed meanwhile.
function release(path, nonce) {
  if (readJson(path)?.nonce !== nonce) return;
  try {
    truncateSync(path);
  } catch (error) {
    // The folder went with the lock in it.
    if (error.code !== "ENOENT") throw error;
  }
}

// The highest number alone decides; what cannot be removed, e.g. another user's file, does no harm.
function tidyAway(path) {
  try {
    rmSync(path, { force: true });
  } catch {}
}
