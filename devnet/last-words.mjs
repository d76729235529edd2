// What a node's log says of its end.

import { open } from "node:fs/promises";

const TAIL_LINES = 15;
const TAIL_BYTES = 512 * 1024;
const LINE_CHARACTERS = 400;
/** Why Go, CometBFT and the SDK's commands give up, in the words that they begin with. */
const CAUSE = /^panic: |^fatal error: |CONSENSUS FAILURE|^Error: /;

/**
 * The last lines of the log, and before them the line that tells why, where the traces after it have pushed it out of sight.
 *
 * @param {string} logPath
 * @param {number} fromByte where the words of this run begin: an earlier one ended for a reason of its own
 * @returns {Promise<string>}
 */
export async function lastWords(logPath, fromByte) {
  const lines = (await readEnd(logPath, fromByte)).trimEnd().split("\n").map(shorten);
  const tail = lines.slice(-TAIL_LINES);
  const cause = lines.find((line) => CAUSE.test(line));
  return cause === undefined || tail.includes(cause) ? tail.join("\n") : [cause, "…", ...tail].join("\n");
}

/** A failure of consensus carries its whole trace on its line. @param {string} line */
const shorten = (line) => (line.length > LINE_CHARACTERS ? `${line.slice(0, LINE_CHARACTERS)}…` : line);

/** @param {string} path @param {number} fromByte */
async function readEnd(path, fromByte) {
  const file = await open(path, "r").catch(() => null);
  if (file === null) return "";
  try {
    const { size } = await file.stat();
    const start = Math.max(Math.min(fromByte, size), size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}
