import { randomUUID } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

function writeDraft(path, text, mode, isSynced) {
  // Process ids come back, in a container at every start, and one that was killed here has left its draft.
  const draft = `${path}.draft-${randomUUID()}`;
  const descriptor = openSync(draft, "wx", mode);
  try {
    writeFileSync(descriptor, text);
    if (isSynced) fsyncSync(descriptor);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return draft;
}

function syncDirectory(path) {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function write(path, text, mode, isSynced) {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  renameSync(writeDraft(path, text, mode, isSynced), path);
  // A rename is only kept over a power cut once its directory is on disk too.
  if (isSynced) syncDirectory(dirname(path));
}

export const writeDurably = (path, text, mode = 0o600) => write(path, text, mode, true);
export const writeAtomically = (path, text, mode = 0o600) => write(path, text, mode, false);

// link(2) fails where the name exists, and the name appears with its content complete.
function create(path, text, mode, isSynced) {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = writeDraft(path, text, mode, isSynced);
  try {
    linkSync(draft, path);
    if (isSynced) syncDirectory(dirname(path));
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

export const createDurably = (path, text, mode = 0o600) => create(path, text, mode, true);
export const createAtomically = (path, text, mode = 0o600) => create(path, text, mode, false);

export function readJson(path) {
  let text;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
