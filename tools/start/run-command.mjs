import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";

const KEPT_LINES = 40;
/** How long output may go on after the command itself has ended: a process that it left behind may hold the pipes for ever. */
const LATE_OUTPUT_MS = 3_000;

/**
 * Runs one command to its end in a process group of its own, output to `logFile` and each line to `onLine`. Resolves to
 * `{ code, signal, tail }` (the last 40 lines); an abort kills the whole group. Rejects only when it cannot be started.
 */
export function runCommand(command, args, { cwd, env, uid, gid, logFile, signal, onLine } = {}) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(command, args, { cwd, env, uid, gid, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const log = logFile ? createWriteStream(logFile, { flags: "a" }) : undefined;
    log?.on("error", () => {});
    const tail = [];
    const keep = (line) => {
      tail.push(line);
      if (tail.length > KEPT_LINES) tail.shift();
      onLine?.(line);
    };
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream.setEncoding("utf8");
      stream.on("data", (chunk) => {
        log?.write(chunk);
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        lines.forEach(keep);
      });
      stream.on("end", () => rest !== "" && keep(rest));
    }
    const kill = () => {
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    };
    signal?.addEventListener("abort", kill, { once: true });
    child.once("error", reject);
    const finish = (code, endSignal) => {
      signal?.removeEventListener("abort", kill);
      log?.end();
      if (signal?.aborted) reject(signal.reason);
      else resolve({ code, signal: endSignal, tail });
    };
    child.once("exit", (code, endSignal) => {
      const late = setTimeout(() => {
        for (const stream of [child.stdout, child.stderr]) stream.destroy();
        finish(code, endSignal);
      }, LATE_OUTPUT_MS);
      child.once("close", () => {
        clearTimeout(late);
        finish(code, endSignal);
      });
    });
  });
}

/** True when a command's last lines say that the disk is full; its exit status cannot tell. */
export const saysDiskFull = (tail) => tail.some((line) => /ENOSPC|no space left on device/i.test(line));
