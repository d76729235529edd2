import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { StartFailure } from "./failure.mjs";
import { waitForLock } from "./lock.mjs";
import { bundleAgent, bundleProcesses } from "./process-bundles.mjs";
import { runCommand, saysDiskFull } from "./run-command.mjs";
import { hashSources } from "./source-hash.mjs";

const stampPath = (repoDir) => join(repoDir, "dist/build.json");

function builtHash(repoDir, part) {
  try {
    return JSON.parse(readFileSync(stampPath(repoDir), "utf8"))[part];
  } catch {
    return undefined;
  }
}

function stamp(repoDir, part, hash) {
  let parts = {};
  try {
    parts = JSON.parse(readFileSync(stampPath(repoDir), "utf8"));
  } catch {
    // No stamp yet: the other part is built too.
  }
  writeFileSync(stampPath(repoDir), `${JSON.stringify({ ...parts, [part]: hash })}\n`);
}

/** Takes the build lock of this checkout, which copies with other data directories share. */
export function lockBuild({ repoDir, signal, onWait }) {
  mkdirSync(join(repoDir, "dist"), { recursive: true });
  return waitForLock(join(repoDir, "dist/locks/build.lock"), { signal, onWait });
}

/** Bundles the processes unless the sources are those of the last bundle. @throws StartFailure start.build_failed */
export async function buildProcesses({ repoDir, reporter, force = false }) {
  const step = reporter.step("processes", "bundling");
  const hash = hashSources(repoDir);
  if (!force && builtHash(repoDir, "processes") === hash) {
    step.done("sources unchanged since the last bundle");
    return;
  }
  try {
    const count = await bundleProcesses(repoDir);
    await bundleAgent(repoDir);
    stamp(repoDir, "processes", hash);
    step.done(`${count} bundled`);
  } catch (cause) {
    step.fail("not bundled");
    if (cause.code === "ENOSPC") throw cause;
    throw new StartFailure({
      code: "start.build_failed",
      what: `The processes could not be bundled: ${cause.message}`,
      fix: "Correct the source it names, then start again.",
      cause,
    });
  }
}

/** Builds the web application unless the sources are those of the last build. @throws StartFailure start.build_failed */
export async function buildWeb({ repoDir, env, reporter, logFile, signal, force = false }) {
  const step = reporter.step("web", "checking the build");
  const hash = hashSources(repoDir);
  const isBuilt = builtHash(repoDir, "web") === hash && existsSync(join(repoDir, ".next/BUILD_ID"));
  if (isBuilt && !force) {
    step.done("sources unchanged since the last build");
    return;
  }
  step.update("building");
  rmSync(join(repoDir, ".next/BUILD_ID"), { force: true });
  const next = join(repoDir, "node_modules/next/dist/bin/next");
  const output = [];
  const result = await runCommand(process.execPath, [next, "build"], {
    onLine: (line) => output.push(line),
    cwd: repoDir,
    env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" },
    logFile,
    signal,
  });
  if (result.code === 0) {
    stamp(repoDir, "web", hash);
    step.done("built");
    return;
  }
  step.fail("not built");
  if (saysDiskFull(result.tail)) {
    throw new StartFailure({
      code: "start.disk_full",
      what: "The disk became full while the web application was being built.",
      fix: "Free some space, then start again.",
    });
  }
  throw new StartFailure({
    code: "start.build_failed",
    what: `The web application could not be built:\n${firstError(output)}`,
    fix: `Correct the source it names, then start again. The whole output is in ${logFile}.`,
  });
}

const SHOWN_ERROR_LINES = 12;

// The compiler ends with a trace of its own; what it found wrong stands where it first says so.
function firstError(output) {
  const start = Math.max(
    0,
    output.findIndex((line) => /^Error|Build error occurred/.test(line.replace(/^[> ]+/, ""))),
  );
  return stripVTControlCharacters(output.slice(start, start + SHOWN_ERROR_LINES).join("\n"));
}
