import { closeSync, fstatSync, openSync, renameSync, writeSync } from "node:fs";

const MAXIMUM_BYTES = 10 * 1024 * 1024;
const KEPT_FILES = 3;

/**
 * An append-only log file of at most 10 MiB; older ones are kept as `.1` to `.3`. A write that fails (a full disk) is
 * dropped and told to `onProblem` once, because losing log lines must not stop the process that wrote them.
 */
export function openRotatingLog(path, { onProblem, maximumBytes = MAXIMUM_BYTES } = {}) {
  let descriptor = openSync(path, "a", 0o600);
  let sizeBytes = fstatSync(descriptor).size;
  let hasProblem = false;

  const rotate = () => {
    closeSync(descriptor);
    for (let index = KEPT_FILES - 1; index >= 0; index -= 1) {
      try {
        renameSync(index === 0 ? path : `${path}.${index}`, `${path}.${index + 1}`);
      } catch (error) {
        if (error.code !== "ENOENT") throw error;
      }
    }
    descriptor = openSync(path, "a", 0o600);
    sizeBytes = 0;
  };

  return {
    write(text) {
      try {
        if (sizeBytes > maximumBytes) rotate();
        sizeBytes += writeSync(descriptor, text);
        hasProblem = false;
      } catch (error) {
        if (!hasProblem) onProblem?.(error);
        hasProblem = true;
      }
    },
    close() {
      try {
        closeSync(descriptor);
      } catch {
        // Closed by a rotation that failed.
      }
    },
  };
}
