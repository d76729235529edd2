// Starts, finds and stops the node of a local chain.

import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isProcessAlive, processStartTicks, withFileLock } from "./file-lock.mjs";
import { lastWords } from "./last-words.mjs";
import { LocalnetError } from "./localnet-error.mjs";
import { readLocalnetFacts } from "./localnet-facts.mjs";
import { cannotRun, posdEnvironment } from "./posd-command.mjs";

/** @typedef {import("./localnet-facts.mjs").LocalnetFacts} LocalnetFacts */

/** A log larger than this is put aside, once, when the node starts. */
const LOG_ROTATE_BYTES = 16 * 1024 * 1024;
const PID_FILE = "posd.pid";

/**
 * A running node. `stop` asks it to end and, after `graceMs` (10 s), kills it; `exited` settles when it is gone, with
 * null for both where the process was adopted.
 *
 * @typedef {{
 *   pid: number, isAdopted: boolean, logPath: string, facts: LocalnetFacts,
 *   child: import("node:child_process").ChildProcess | null,
 *   exited: Promise<{ code: number | null, signal: NodeJS.Signals | null }>,
 *   waitReady: (options?: { timeoutMs?: number, signal?: AbortSignal }) => Promise<{ heightBlocks: number }>,
 *   stop: (options?: { graceMs?: number }) => Promise<void>,
 * }} LocalnetHandle
 */

/**
 * Starts the genesis node. Its log goes to a file by descriptor and not through a pipe, so that the node outlives a
 * caller that is killed; a node of this home that still runs is adopted instead of started twice.
 *
 * @param {{ homeDir: string, posdPath?: string, logLevel?: string, isDetached?: boolean, onLine?: (line: string) => void }} options
 *   `posdPath` is the one of the facts by default; `isDetached` keeps a terminal's Ctrl-C from reaching the node
 * @returns {Promise<LocalnetHandle>}
 * @throws {LocalnetError} not_initialised, port_in_use, posd_failed
 */
export async function startLocalnet({ homeDir, posdPath, logLevel = "info", isDetached = false, onLine = () => {} }) {
  const home = resolve(homeDir);
  const facts = await readLocalnetFacts(home);
  const logPath = join(home, "posd.log");
  // Of two callers at once the second adopts what the first has started.
  return withFileLock({ path: join(home, "start.lock") }, async () => {
    const running = await findRunning(home);
    if (running) {
      onLine(`localnet: ${facts.chainId} is running already (process ${running.pid})`);
      return handleOf({ running, child: null, exited: waitForExit(running), logPath, facts, logFromByte: 0 });
    }
    await assertPortsFree({
      p2p: [facts.p2pHost, facts.p2pPort],
      rpc: ["127.0.0.1", facts.rpcPort],
      rest: ["127.0.0.1", facts.restPort],
      grpc: ["127.0.0.1", facts.grpcPort],
    });
    const logFromByte = await rotateLog(logPath);
    const binary = resolve(posdPath ?? facts.posdPath);
    const { child, started, exited } = await spawnNode({ binary, home, logPath, logLevel, isDetached });
    await writeFile(join(home, PID_FILE), JSON.stringify(started), { mode: 0o600 });
    onLine(`localnet: started ${facts.chainId} (process ${started.pid})`);
    return handleOf({ running: started, child, exited, logPath, facts, logFromByte });
  });
}

async function spawnNode({ binary, home, logPath, logLevel, isDetached }) {
  const logFd = openSync(logPath, "a", 0o600);
  const child = spawn(binary, ["start", "--home", home, "--log_level", logLevel, "--log_no_color"], {
    cwd: home,
    env: posdEnvironment(),
    stdio: ["ignore", logFd, logFd],
    detached: isDetached,
  });
  closeSync(logFd);
  const exited = new Promise((done) => child.once("close", (code, signal) => done({ code, signal })));
  try {
    await new Promise((done, fail) => child.once("spawn", done).once("error", fail));
  } catch (error) {
    throw cannotRun(binary, /** @type {Error} */ (error));
  }
  const pid = /** @type {number} */ (child.pid);
  return { child, exited, started: { pid, startTicks: processStartTicks(pid) } };
}

/** @returns {LocalnetHandle} */
function handleOf({ running, child, exited, logPath, facts, logFromByte }) {
  return {
    pid: running.pid,
    isAdopted: child === null,
    logPath,
    facts,
    child,
    exited,
    waitReady: (options) => waitReady({ facts, exited, logPath, logFromByte, ...options }),
    stop: ({ graceMs = 10_000 } = {}) => stopProcess({ running, exited, graceMs }),
  };
}

/** @returns {Promise<number>} where the words of the node that is about to start begin */
async function rotateLog(logPath) {
  const size = await stat(logPath).then(
    (found) => found.size,
    () => 0,
  );
  if (size <= LOG_ROTATE_BYTES) return size;
  await rename(logPath, `${logPath}.1`);
  return 0;
}

/**
 * The node of this home, if one runs. The pid file names it; a caller that was killed between starting a node and
 * writing that file is made up for by a look at what runs, where /proc shows it.
 *
 * @param {string} home
 * @returns {Promise<{ pid: number, startTicks: string | null } | null>}
 */
export async function findRunning(home) {
  try {
    const record = JSON.parse(await readFile(join(home, PID_FILE), "utf8"));
    if (isProcessAlive(record)) return record;
  } catch {
    // No file, or one cut short: look at what runs.
  }
  const names = await readdir("/proc").catch(() => []);
  for (const name of names.filter((entry) => /^[0-9]+$/.test(entry))) {
    const args = (await readFile(`/proc/${name}/cmdline`, "utf8").catch(() => "")).split("\0");
    if (args[1] !== "start" || args[2] !== "--home" || args[3] !== home) continue;
    const record = { pid: Number(name), startTicks: processStartTicks(Number(name)) };
    if (isProcessAlive(record)) return record;
  }
  return null;
}

async function assertPortsFree(listeners) {
  for (const [name, [host, port]] of Object.entries(listeners)) {
    const failure = await new Promise((done) => {
      const server = createServer();
      server.once("error", (error) => done(error));
      server.listen({ host, port, exclusive: true }, () => server.close(() => done(null)));
    });
    if (failure) {
      throw new LocalnetError(
        "port_in_use",
        `The local chain cannot listen on ${host}:${port} (${name}): ${failure.code === "EADDRINUSE" ? "another program uses it" : failure.message}. Stop that program or choose another ${name} port.`,
        { name, port },
      );
    }
  }
}

async function waitForExit(running) {
  while (isProcessAlive(running)) await sleep(250);
  return { code: null, signal: null };
}

async function stopProcess({ running, exited, graceMs }) {
  const end = (signal) => {
    if (isProcessAlive(running)) process.kill(running.pid, signal);
  };
  end("SIGTERM");
  const isGone = await Promise.race([exited.then(() => true), sleep(graceMs, false)]);
  if (!isGone) {
    end("SIGKILL");
    await exited;
  }
}

/** Ready is: the RPC reports our chain id and a block, and the REST gateway answers. */
async function waitReady({ facts, exited, logPath, logFromByte, timeoutMs = 60_000, signal }) {
  const deadlineMs = Date.now() + timeoutMs;
  let ending = null;
  exited.then((result) => {
    ending = result;
  });
  let lastProblem = "no answer yet";
  while (Date.now() < deadlineMs) {
    signal?.throwIfAborted();
    if (ending) {
      throw new LocalnetError(
        "exited",
        `The local chain ended before it was ready. Its last words:\n${await lastWords(logPath, logFromByte)}`,
      );
    }
    try {
      const status = await getJson(`http://127.0.0.1:${facts.rpcPort}/status`);
      const chainId = status.result.node_info.network;
      const heightBlocks = Number(status.result.sync_info.latest_block_height);
      if (chainId !== facts.chainId) {
        throw new LocalnetError(
          "differs",
          `Port ${facts.rpcPort} answers for the chain ${chainId}, not ${facts.chainId}.`,
        );
      }
      await getJson(`http://127.0.0.1:${facts.restPort}/cosmos/base/tendermint/v1beta1/node_info`);
      if (heightBlocks >= 1) return { heightBlocks };
      lastProblem = "no block yet";
    } catch (error) {
      if (error instanceof LocalnetError) throw error;
      lastProblem = /** @type {Error} */ (error).message;
    }
    await sleep(200, undefined, { signal });
  }
  throw new LocalnetError(
    "timeout",
    `The local chain was not ready after ${timeoutMs} ms (${lastProblem}). Its last words:\n${await lastWords(logPath, logFromByte)}`,
  );
}

async function getJson(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}
