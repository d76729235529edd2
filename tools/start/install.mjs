import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { StartFailure } from "./failure.mjs";
import { waitForLock } from "./lock.mjs";
import { hydratePostgresLinks } from "./postgres-binaries.mjs";
import { runCommand, saysDiskFull } from "./run-command.mjs";

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
};

/**
 * True when node_modules holds what package-lock.json names. npm writes node_modules/.package-lock.json last, so an
 * install that was cut short never matches. Optional packages of other platforms may be missing.
 */
export function isInstalled(repoDir) {
  const wanted = readJson(join(repoDir, "package-lock.json"))?.packages;
  const present = readJson(join(repoDir, "node_modules/.package-lock.json"))?.packages;
  if (!wanted || !present) return false;
  const fits = Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const found = present[path];
    return found ? found.version === entry.version : entry.optional === true || entry.devOptional === true;
  });
  return fits && Object.keys(present).every((path) => wanted[path] !== undefined);
}

/**
 * Installs exactly the locked dependencies when they are not there. No package's install script is run: the one that is
 * needed, PostgreSQL's shared-library links, is done here.
 * @throws StartFailure start.npm_missing, start.install_failed, start.disk_full
 */
export async function installDependencies({ repoDir, reporter, signal, logFile }) {
  const step = reporter.step("install", "checking dependencies");
  const release = await waitForLock(join(repoDir, "dist/locks/install.lock"), {
    signal,
    onWait: () => step.update("waiting for another start that is installing"),
  });
  try {
    if (isInstalled(repoDir)) {
      hydratePostgresLinks(repoDir);
      step.done("dependencies match the lock file");
      return;
    }
    step.update("installing locked dependencies");
    const [command, ...prefix] = npmCommand();
    const output = [];
    const result = await runCommand(
      command,
      [...prefix, "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"],
      {
        cwd: repoDir,
        env: { ...process.env, NODE_ENV: "development" },
        logFile,
        signal,
        onLine: (line) => output.push(line),
      },
    ).catch((cause) => {
      if (signal?.aborted) throw cause;
      throw new StartFailure({
        code: "start.npm_missing",
        what: "npm could not be started.",
        fix: "Install Node.js with npm (https://nodejs.org), then start again.",
        cause,
      });
    });
    if (result.code !== 0) throw installFailure(result, output, logFile);
    hydratePostgresLinks(repoDir);
    step.done("dependencies installed");
  } catch (error) {
    step.fail("dependencies are not installed");
    throw error;
  } finally {
    release();
  }
}

function npmCommand() {
  const execPath = process.env.npm_execpath;
  if (execPath && /npm-cli\.[cm]?js$/.test(execPath) && existsSync(execPath)) return [process.execPath, execPath];
  return ["npm"];
}

function installFailure({ code, tail }, output, logFile) {
  if (saysDiskFull(tail)) {
    return new StartFailure({
      code: "start.disk_full",
      what: "The disk became full while the dependencies were being installed (about 1.2 GiB are needed).",
      fix: "Free some space, then start again.",
    });
  }
  const said = output
    .map((line) => line.replace(/^npm (error|ERR!)\s*/, "").trim())
    .filter((line) => line !== "" && !/^(code|errno|syscall) /.test(line));
  const reason = said[0]?.replace(/\.$/, "");
  return new StartFailure({
    code: "start.install_failed",
    what: `npm ci ended with status ${code}${reason ? `: ${reason}` : ""}.`,
    fix: `Check the connection to the package registry, then start again. The whole output is in ${logFile}.`,
  });
}
