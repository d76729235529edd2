// Runs posd as a command.

import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalnetError } from "./localnet-error.mjs";

/**
 * The SDK reads settings from POSD_ variables, so one that is set for another purpose would change the node; and a command
 * without --home, such as `version`, leaves a `.pos` folder in HOME, or in the working directory when there is no HOME.
 */
export function posdEnvironment() {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("POSD_"));
  return { ...Object.fromEntries(inherited), HOME: join(tmpdir(), "omniphi-posd-home") };
}

/** @param {string} binary @param {Error} cause */
export function cannotRun(binary, cause) {
  return new LocalnetError("posd_failed", `${binary} could not be started: ${cause.message}`);
}

/**
 * @param {string} posdPath
 * @param {readonly string[]} args
 * @param {{ input?: string, signal?: AbortSignal, withErrors?: boolean }} options
 * @returns {Promise<string>} what it printed; with `withErrors` what it wrote to the error stream where it printed nothing
 */
export function runPosd(posdPath, args, { input, signal, withErrors = false }) {
  return new Promise((done, fail) => {
    const child = spawn(posdPath, args, { env: posdEnvironment(), stdio: ["pipe", "pipe", "pipe"], signal });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
    });
    child.once("error", (error) => fail(signal?.aborted ? error : cannotRun(posdPath, error)));
    child.once("close", (code) => {
      if (code === 0) return done(withErrors && stdout.trim() === "" ? stderr : stdout);
      const command = args.slice(0, 2).join(" ");
      fail(
        new LocalnetError("posd_failed", `posd ${command} failed with status ${code}: ${stderr.trim().slice(-2_000)}`),
      );
    });
    child.stdin.on("error", () => {}); // a command that needs no input may close it before we do
    child.stdin.end(input ?? "");
  });
}
