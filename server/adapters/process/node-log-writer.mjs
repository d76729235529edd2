import { closeSync, fstatSync, openSync, renameSync, writeSync } from "node:fs";

const MAXIMUM_FILE_BYTES = 10 * 1024 * 1024;
const MAXIMUM_LINE_CHARACTERS = 16 * 1024;
const KEPT_FILES = 3;

// Losing log lines to a full disk must not stop a validator, so a failed write is dropped.
export function openNodeLog(path, maximumFileBytes = MAXIMUM_FILE_BYTES) {
  let descriptor = openSync(path, "a", 0o600);
  let sizeBytes = fstatSync(descriptor).size;

  const rotate = () => {
    for (let index = KEPT_FILES - 1; index >= 0; index -= 1) {
      try {
        renameSync(index === 0 ? path : `${path}.${index}`, `${path}.${index + 1}`);
      } catch (error) {
        if (error.code !== "ENOENT") throw error;
      }
    }
    closeSync(descriptor);
    descriptor = openSync(path, "a", 0o600);
    sizeBytes = 0;
  };

  const write = (stream, text) => {
    const line = `${JSON.stringify({ at: new Date().toISOString(), stream, text: text.slice(0, MAXIMUM_LINE_CHARACTERS) })}\n`;
    try {
      if (sizeBytes > maximumFileBytes) rotate();
      sizeBytes += writeSync(descriptor, line);
    } catch {
      // Dropped; the next line tries again.
    }
  };

  return { write, close: () => closeSync(descriptor) };
}

export function eachLine(readable, onLine) {
  let rest = "";
  readable.setEncoding("utf8");
  readable.on("data", (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop().slice(0, MAXIMUM_LINE_CHARACTERS);
    for (const line of lines) onLine(line.replace(/\r$/, ""));
  });
  readable.on("end", () => {
    if (rest !== "") onLine(rest);
    rest = "";
  });
}
