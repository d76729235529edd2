// Keeps one node of one volume running: `node supervisor.mjs <node directory>`. It belongs to no terminal and to no other process of the product,
// so that the node survives them. It ends when the node is no longer wanted (desired.json) or when it is told to (SIGTERM: until the next start).
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { readJson, writeDurably } from "../../../lib/os/durable-file.mjs";
import { acquireLock } from "../../../lib/os/generation-lock.mjs";
import { identityOf, isRunning } from "../../../lib/os/process-identity.mjs";
import { findByHome } from "./find-by-home.mjs";
import { nodePaths, SIGNER_LOCK, volumePaths } from "./node-layout.mjs";
import { eachLine, openNodeLog } from "./node-log-writer.mjs";
import { checkSigner } from "./sign-guard.mjs";

const POLL_MS = 500;
const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 60_000;
/** A node that ran this long before it ended starts again with the shortest wait. */
const STEADY_MS = 60_000;
/** CometBFT ends on purpose while its own signature is within double_sign_check_height blocks; it is asked again until they have passed. */
const DOUBLE_SIGN_WAIT_MS = 5_000;
const DOUBLE_SIGN_MESSAGE = "found signature from the same key";
const DEFAULT_GRACE_MS = 30_000;

const nodeDir = resolve(process.argv[2]);
const paths = nodePaths(nodeDir);
let plan = readJson(paths.plan);
const volume = volumePaths(plan.volumeDir);

const lock = acquireLock(plan.volumeDir, SIGNER_LOCK, { nodeId: plan.nodeId, volumeId: plan.volumeId });
if (lock.release === undefined) process.exit(0);

const log = openNodeLog(paths.log);
const before = readJson(paths.status);
const isTakeover = before !== undefined && !["stopped", "suspended"].includes(before.phase);
let status = {
  supervisor: { pid: process.pid, identity: identityOf(process.pid) },
  child: null,
  phase: "starting",
  startedAt: null,
  exitCode: null,
  exitSignal: null,
  problem: null,
  restartCount: isTakeover ? (before.restartCount ?? 0) + 1 : 0,
  doubleSignWaits: 0,
};
let child = null;
let isSuspended = false;
let isNudged = false;
let wake = () => {};

function record(change) {
  status = { ...status, ...change, recordedAt: new Date().toISOString() };
  try {
    writeDurably(paths.status, JSON.stringify(status));
  } catch {
    // A full disk: the node goes on, and whoever looks finds it by its home directory.
  }
}

const pause = (durationMs) =>
  new Promise((done) => {
    const timer = setTimeout(done, durationMs);
    wake = () => {
      clearTimeout(timer);
      done();
    };
  });

const wanted = () => readJson(paths.desired) ?? { state: "stopped" };
const shouldRun = () => !isSuspended && wanted().state === "running";
const graceMs = () => (wanted().graceSeconds === undefined ? DEFAULT_GRACE_MS : wanted().graceSeconds * 1_000);

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

// A supervisor that was killed leaves its node behind until that node's next log line; two nodes must never share a home.
async function endLeftOvers() {
  const forceAt = Date.now() + DEFAULT_GRACE_MS;
  for (;;) {
    const leftOvers = findByHome(volume.home);
    if (isRunning(before?.child)) leftOvers.push(before.child);
    if (leftOvers.length === 0) return;
    for (const leftOver of leftOvers) signal(leftOver.pid, Date.now() > forceAt ? "SIGKILL" : "SIGTERM");
    await pause(200);
  }
}

function launch() {
  const started = spawn(plan.command[0], plan.command.slice(1), {
    cwd: volume.home,
    env: plan.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const run = { process: started, hasDoubleSignWait: false, startedMs: Date.now() };
  const hear = (stream) => (line) => {
    if (line.includes(DOUBLE_SIGN_MESSAGE)) run.hasDoubleSignWait = true;
    log.write(stream, line);
  };
  eachLine(started.stdout, hear("stdout"));
  eachLine(started.stderr, hear("stderr"));
  run.ended = new Promise((done) => {
    started.once("error", (error) => done({ code: null, signal: null, problem: error.code ?? "spawn_failed" }));
    started.once("close", (code, signalName) => done({ code, signal: signalName, problem: null }));
  });
  if (started.pid !== undefined) {
    record({
      child: { pid: started.pid, identity: identityOf(started.pid) },
      phase: "running",
      startedAt: new Date().toISOString(),
      problem: null,
    });
  }
  return run;
}

async function waitForEnd(run) {
  let isStopping = false;
  let forceAt = Number.POSITIVE_INFINITY;
  let end;
  const ended = run.ended.then((result) => {
    end = result;
    wake();
  });
  while (end === undefined) {
    if (!isStopping && !shouldRun()) {
      isStopping = true;
      forceAt = Date.now() + graceMs();
      record({ phase: "stopping" });
      run.process.kill("SIGTERM");
    }
    if (Date.now() >= forceAt) run.process.kill("SIGKILL");
    await pause(isStopping ? Math.min(POLL_MS, 100) : POLL_MS);
  }
  await ended;
  return { ...end, wasStopped: isStopping };
}

function problemOfSigner() {
  try {
    return checkSigner(plan.volumeDir).problem;
  } catch (error) {
    return error.code === "ENOSPC" ? "disk_full" : (error.code ?? "sign_state_unreadable");
  }
}

async function waitBeforeRestart(durationMs) {
  const until = Date.now() + durationMs;
  isNudged = false;
  while (shouldRun() && !isNudged && Date.now() < until) await pause(Math.min(POLL_MS, until - Date.now()));
}

async function supervise() {
  await endLeftOvers();
  let backoffMs = FIRST_BACKOFF_MS;
  while (shouldRun()) {
    // A start that came while this one was stopping may have brought another binary.
    plan = readJson(paths.plan) ?? plan;
    const problem = problemOfSigner();
    if (problem !== undefined) {
      log.write("stderr", `supervisor: not started: ${problem}`);
      record({ phase: "refused", problem, child: null });
      await waitBeforeRestart(LONGEST_BACKOFF_MS);
      continue;
    }
    child = launch();
    const end = await waitForEnd(child);
    const run = child;
    child = null;
    record({ child: null, exitCode: end.code, exitSignal: end.signal, problem: end.problem });
    problemOfSigner();
    if (!shouldRun()) break;
    if (end.wasStopped) continue;
    if (run.hasDoubleSignWait) {
      record({ phase: "waiting", doubleSignWaits: status.doubleSignWaits + 1 });
      log.write("stderr", "supervisor: the node waits until its last signatures are 10 blocks old");
      await waitBeforeRestart(DOUBLE_SIGN_WAIT_MS);
      continue;
    }
    if (Date.now() - run.startedMs > STEADY_MS) backoffMs = FIRST_BACKOFF_MS;
    record({ phase: "crashed", restartCount: status.restartCount + 1 });
    log.write(
      "stderr",
      `supervisor: the node ended (${end.signal ?? end.problem ?? `exit code ${end.code}`}), next start in ${backoffMs / 1_000} s`,
    );
    await waitBeforeRestart(backoffMs);
    backoffMs = Math.min(backoffMs * 2, LONGEST_BACKOFF_MS);
  }
  record({ phase: isSuspended ? "suspended" : "stopped", child: null });
}

// Look at what is wanted now, and let nobody who asks for a start wait out a backoff.
process.on("SIGHUP", () => {
  isNudged = true;
  wake();
});
for (const name of ["SIGTERM", "SIGINT"]) {
  process.on(name, () => {
    isSuspended = true;
    wake();
  });
}

record({});
try {
  await supervise();
} catch (error) {
  log.write("stderr", `supervisor: ended by an error of its own: ${error.message}`);
  child?.process.kill("SIGKILL");
  record({ phase: "crashed", problem: error.code ?? "supervisor_failed", child: null });
  process.exitCode = 1;
} finally {
  lock.release();
  log.close();
}
