import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes what the portal shows of the local chain to status.json: state `building | starting | ready | failed`, a
 * sentence, and the time. Returns false when it could not be written.
 */
export function writeLocalnetStatus(home, state, message) {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const draft = join(home, `.status.json.${process.pid}`);
    writeFileSync(draft, `${JSON.stringify({ state, message, updatedAt: new Date().toISOString() })}\n`);
    renameSync(draft, join(home, "status.json"));
    return true;
  } catch {
    return false;
  }
}

/** Removes the status; a chain is made only in a folder that holds nothing. */
export function clearLocalnetStatus(home) {
  rmSync(join(home, "status.json"), { force: true });
}
