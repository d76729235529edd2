import { execFile } from "node:child_process";
import { runtimeRefused } from "@/server/ports/node-host-errors";

const OUTPUT_LIMIT_BYTES = 4 * 1024 * 1024;
const SHOWN_OUTPUT_CHARACTERS = 600;

/** What a node and its one-off commands see of this machine: nothing of the product's own environment, which holds secrets. */
export function nodeEnvironment(home: string): { PATH: string; HOME: string; LANG: string; NODE_ENV: "production" } {
  return { NODE_ENV: "production", PATH: "/usr/local/bin:/usr/bin:/bin", HOME: home, LANG: "C.UTF-8" };
}

/** Runs the binary with an argument list and gives back its standard output. @throws upstream_rejected `runtime.command_failed`, `runtime.disk_full` */
export async function runPosd(
  binaryPath: string,
  args: readonly string[],
  home: string,
  signal: AbortSignal,
): Promise<string> {
  return await new Promise<string>((resolve, reject) => {
    execFile(
      binaryPath,
      [...args],
      {
        env: nodeEnvironment(home),
        cwd: home,
        signal,
        maxBuffer: OUTPUT_LIMIT_BYTES,
        encoding: "utf8",
        killSignal: "SIGKILL",
      },
      (error, stdout, stderr) => {
        if (error === null) return resolve(stdout);
        if (typeof error.code !== "number") return reject(error);
        // Go prints the text of ENOSPC; a foreign program has no other way to tell us.
        if (stderr.includes("no space left on device"))
          return reject(runtimeRefused("disk_full", { exitCode: error.code }));
        const output = stderr.trim().slice(-SHOWN_OUTPUT_CHARACTERS);
        reject(runtimeRefused("command_failed", { command: args[0] ?? "", exitCode: error.code, output }));
      },
    );
  });
}
