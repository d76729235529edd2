import { spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { StartFailure } from "./failure.mjs";
import { asPostgresUser } from "./postgres-user.mjs";
import { isAlive } from "./process-identity.mjs";
import { runCommand, saysDiskFull } from "./run-command.mjs";

export const POSTGRES_ROLE = "omniphi";
const MAJOR_VERSION = "18";
const START_LIMIT_MS = 60_000;

/** The folder of the embedded cluster. */
export const clusterDir = (dataDir) => join(dataDir, "postgres");

/** The running server of this cluster as `{ pid, port }`, read from postmaster.pid and checked to be that server. */
export function runningServer(dataDir) {
  let lines;
  try {
    lines = readFileSync(join(clusterDir(dataDir), "postmaster.pid"), "utf8").split("\n");
  } catch {
    return undefined;
  }
  // Lines of postmaster.pid: process id, data directory, start time, port (PostgreSQL src/include/utils/pidfile.h).
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid) || !isPostgres(pid, dataDir)) return undefined;
  return { pid, port };
}

function isPostgres(pid, dataDir) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(clusterDir(dataDir));
  } catch {
    // Without /proc the process id is all there is; PostgreSQL itself checks the rest.
    return !existsSync("/proc/self/cmdline");
  }
}

/**
 * Makes the cluster when there is none. It is made aside and renamed, so that one cut short is never taken for whole.
 * @throws StartFailure start.postgres_init, start.postgres_version, start.disk_full
 */
export async function ensureCluster({ dataDir, binaries, user, password, logFile, signal }) {
  const folder = clusterDir(dataDir);
  if (existsSync(join(folder, "PG_VERSION"))) {
    const version = readFileSync(join(folder, "PG_VERSION"), "utf8").trim();
    if (version === MAJOR_VERSION) return false;
    throw new StartFailure({
      code: "start.postgres_version",
      what: `${folder} was made by PostgreSQL ${version}; this release runs PostgreSQL ${MAJOR_VERSION}.`,
      fix: "Start the release that made it and export the data, or begin again with: npm run reset",
    });
  }
  if (existsSync(folder)) {
    throw new StartFailure({
      code: "start.postgres_damaged",
      what: `${folder} exists but is no PostgreSQL cluster: PG_VERSION is missing.`,
      fix: "Restore the data directory from a backup, or begin again with: npm run reset",
    });
  }
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const passwordFile = join(draft, "..", "run", "postgres-password");
  const passwordFolder = join(dataDir, "run");
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) {
    chmodSync(passwordFolder, 0o711);
    for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid);
  }
  try {
    const run = asPostgresUser(
      user,
      binaries.initdb,
      [
        `--pgdata=${draft}`,
        `--username=${POSTGRES_ROLE}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
      ],
      [draft],
    );
    const result = await runCommand(run.command, run.args, {
      ...run.spawnOptions,
      cwd: "/",
      env: { PATH: process.env.PATH, LC_ALL: "C" },
      logFile,
      signal,
    });
    if (result.code !== 0)
      throw clusterFailure("start.postgres_init", "PostgreSQL's data could not be made", result.tail, logFile);
    renameSync(draft, folder);
    return true;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * Starts the server apart from this process, so that a killed launcher leaves it whole for the next start to adopt.
 * Returns `{ pid, port }` once it accepts connections. @throws StartFailure start.postgres_start
 */
export async function startServer({ dataDir, binaries, user, port, logFile, signal }) {
  const folder = clusterDir(dataDir);
  if (!runningServer(dataDir)) rmSync(join(folder, "postmaster.pid"), { force: true });
  rotateLog(logFile);
  const settings = {
    listen_addresses: "127.0.0.1",
    // Every connection is TCP with a password: a socket folder would be shared with other users of this machine.
    unix_socket_directories: "",
    log_min_messages: "warning",
    log_checkpoints: "off",
    max_connections: "200",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const run = asPostgresUser(user, binaries.postgres, ["-D", folder, "-p", String(port), ...flags], [folder]);
  const logSize = existsSync(logFile) ? statSync(logFile).size : 0;
  const log = openSync(logFile, "a", 0o600);
  const child = spawn(run.command, run.args, {
    ...run.spawnOptions,
    cwd: "/",
    detached: true,
    env: { PATH: process.env.PATH, LC_ALL: "C" },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let ended = false;
  child.once("error", () => {
    ended = true;
  });
  child.once("exit", () => {
    ended = true;
  });
  child.unref();
  try {
    const deadlineMs = Date.now() + START_LIMIT_MS;
    while (Date.now() < deadlineMs) {
      if (ended) {
        const said = readFileSync(logFile, "utf8").slice(logSize).trim().split("\n");
        throw clusterFailure("start.postgres_start", "PostgreSQL stopped while it was starting", said, logFile);
      }
      if (isReady(folder)) return { pid: child.pid, port };
      await delay(50, undefined, { signal });
    }
    throw clusterFailure("start.postgres_start", "PostgreSQL did not become ready within a minute", [], logFile);
  } catch (error) {
    if (!ended) await stopServer(child.pid);
    throw error;
  }
}

// Line 8 of postmaster.pid holds the server's state; it is "ready" once connections are accepted.
function isReady(folder) {
  try {
    return readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n")[7]?.trim() === "ready";
  } catch {
    return false;
  }
}

/** Stops the server: a fast shutdown, then after ten seconds an immediate one, from which the next start recovers. */
export async function stopServer(pid) {
  for (const [endSignal, patienceMs] of [
    ["SIGINT", 10_000],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 2_000],
  ]) {
    try {
      process.kill(pid, endSignal);
    } catch {
      return;
    }
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 50) {
      if (!isAlive(pid)) return;
      await delay(50);
    }
  }
}

function clusterFailure(code, what, tail, logFile) {
  if (saysDiskFull(tail)) {
    return new StartFailure({
      code: "start.disk_full",
      what: "The disk is full: PostgreSQL cannot write its data.",
      fix: "Free some space, or set OMNIPHI_DATA_DIR to a directory on another disk, then start again.",
    });
  }
  const reason = tail.findLast((line) => /FATAL|PANIC|error:/i.test(line))?.replace(/^.*?(FATAL|PANIC|error):\s*/i, "");
  return new StartFailure({
    code,
    what: `${what}${reason ? `: ${reason}` : ""}.`,
    fix: `Its log is ${logFile}. If the data is damaged, restore it from a backup, or begin again with: npm run reset`,
  });
}

const MAXIMUM_LOG_BYTES = 10 * 1024 * 1024;

function rotateLog(logFile) {
  if (existsSync(logFile) && statSync(logFile).size > MAXIMUM_LOG_BYTES) renameSync(logFile, `${logFile}.1`);
}
