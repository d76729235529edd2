import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { StartFailure } from "../start/failure.mjs";
import { httpStatus, waitUntil } from "../start/http-answer.mjs";
import { isAlive } from "../start/process-identity.mjs";
import { resultsDir } from "./runners.mjs";

const answers = async (socketPath) => (await httpStatus("http://localhost/_ping", { socketPath })) === 200;

/**
 * Starts the Docker daemon when none answers, and only as root. Returns how to end the one that was started here; a
 * daemon that ran before is left alone. @throws StartFailure test.docker_not_running
 */
export async function startDocker({ dockerSocketPath, reporter, signal }) {
  if (await answers(dockerSocketPath)) return async () => {};
  const step = reporter.step("docker", "starting the daemon");
  const logFile = join(resultsDir, "dockerd.log");
  if (process.getuid?.() !== 0) {
    step.fail("no daemon answers");
    throw new StartFailure({
      code: "test.docker_not_running",
      what: `No Docker daemon answers at ${dockerSocketPath}.`,
      fix: "Start it, and let this user use its socket (group docker).",
    });
  }
  const log = openSync(logFile, "a");
  const child = spawn("dockerd", ["--host", `unix://${dockerSocketPath}`], {
    detached: true,
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
  const isUp = await waitUntil(() => answers(dockerSocketPath), { timeoutMs: 60_000, signal, giveUp: () => ended });
  if (!isUp) {
    step.fail("the daemon did not start");
    throw new StartFailure({
      code: "test.docker_not_running",
      what: "dockerd was started and did not become ready.",
      fix: `Its log is ${logFile}.`,
    });
  }
  step.done("the daemon was started for this run");
  return () => stopDaemon(child.pid);
}

// dockerd ends its containers and containerd itself; one that hangs is killed after half a minute.
async function stopDaemon(pid) {
  for (const [endSignal, patienceMs] of [
    ["SIGTERM", 30_000],
    ["SIGKILL", 2_000],
  ]) {
    try {
      process.kill(pid, endSignal);
    } catch {
      return;
    }
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 100) {
      if (!isAlive(pid)) return;
      await delay(100);
    }
  }
}
