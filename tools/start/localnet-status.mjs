import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes what the portal shows of the local chain to status.json: state `building | starting | ready | failed | off`,
 * a sentence, and the time. A status that cannot be written is told on the console only.
 */
export function writeLocalnetStatus(home, state, message) {
  try {
    mkdirSync(home, { recursive: true });
    const draft = join(home, `status.json.${process.pid}`);
    writeFileSync(draft, `${JSON.stringify({ state, message, updatedAt: new Date().toISOString() })}\n`);
    renameSync(draft, join(home, "status.json"));
  } catch {
    return false;
  }
  return true;
}
