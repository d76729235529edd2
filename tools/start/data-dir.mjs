import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { StartFailure } from "./failure.mjs";

const MARKER_FILE = "omniphi-data.json";
const MARKER = { product: "omniphi-cloud", layout: 1 };
// An empty cluster with its write-ahead log, the seed, the local chain's first days and the logs.
const MINIMUM_FREE_BYTES = 300 * 1024 * 1024;

/** True when the directory was made by a start of this product; `reset` removes no other. */
export function isDataDir(dataDir) {
  try {
    return JSON.parse(readFileSync(join(dataDir, MARKER_FILE), "utf8")).product === MARKER.product;
  } catch {
    return false;
  }
}

/**
 * Makes the data directory and its marker. Refuses a directory that holds something else, cannot be written, or has too
 * little room. @throws StartFailure start.data_dir_unwritable, start.data_dir_foreign, start.disk_full
 */
export function prepareDataDir(dataDir) {
  const isNew = !existsSync(dataDir);
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    if (!isDataDir(dataDir)) {
      if (readdirSync(dataDir).length > 0) {
        throw new StartFailure({
          code: "start.data_dir_foreign",
          what: `${dataDir} holds files that Omniphi Cloud did not put there.`,
          fix: "Set OMNIPHI_DATA_DIR to an empty or new directory.",
        });
      }
      writeFileSync(
        join(dataDir, MARKER_FILE),
        `${JSON.stringify({ ...MARKER, createdAt: new Date().toISOString() })}\n`,
      );
    }
    // The embedded PostgreSQL runs as another user when started by root and has to pass through.
    if (isNew && process.getuid?.() === 0) chmodSync(dataDir, 0o711);
    for (const folder of ["logs", "run"]) mkdirSync(join(dataDir, folder), { recursive: true, mode: 0o700 });
    const probe = join(dataDir, "run", "write-probe");
    writeFileSync(probe, String(process.pid));
  } catch (error) {
    if (error instanceof StartFailure || error.code === "ENOSPC" || error.code === "EDQUOT") throw error;
    throw new StartFailure({
      code: "start.data_dir_unwritable",
      what: `The data directory ${dataDir} cannot be written (${error.code ?? error.message}).`,
      fix: "Set OMNIPHI_DATA_DIR to a directory that this user may write, or correct the owner and mode of that one.",
      cause: error,
    });
  }
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < MINIMUM_FREE_BYTES) {
    throw new StartFailure({
      code: "start.disk_full",
      what: `Only ${Math.floor((bavail * bsize) / 1024 / 1024)} MiB are free where ${dataDir} lies; at least ${MINIMUM_FREE_BYTES / 1024 / 1024} MiB are needed.`,
      fix: "Free some space, or set OMNIPHI_DATA_DIR to a directory on another disk, then start again.",
    });
  }
}
