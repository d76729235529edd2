import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { readJson } from "../../../lib/os/durable-file.mjs";
import { lockHolder } from "../../../lib/os/generation-lock.mjs";
import { isRunning } from "../../../lib/os/process-identity.mjs";
import { findByHome } from "./find-by-home.mjs";
import { nodePaths, nodesDirectory, SIGNER_LOCK, volumePaths } from "./node-layout.mjs";

const POLL_MS = 100;
const FORCE_AFTER_GRACE_MS = 5_000;

export function spawnSupervisor(nodeDir, supervisorPath = fileURLToPath(new URL("supervisor.mjs", import.meta.url))) {
  // Nothing of this process's environment goes along: it holds the product's secrets.
  const child = spawn(process.execPath, [supervisorPath, nodeDir], {
    cwd: nodeDir,
    detached: true,
    stdio: "ignore",
    env: { PATH: "/usr/local/bin:/usr/bin:/bin" },
  });
  child.on("error", () => {});
  child.unref();
}

function plannedNodes(rootDir) {
  let entries = [];
  try {
    entries = readdirSync(nodesDirectory(resolve(rootDir)));
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return entries.flatMap((entry) => {
    const nodeDir = join(nodesDirectory(resolve(rootDir)), entry);
    const plan = readJson(nodePaths(nodeDir).plan);
    return plan === undefined ? [] : [{ nodeDir, plan }];
  });
}

function holderOf({ plan }) {
  const holder = lockHolder(plan.volumeDir, SIGNER_LOCK);
  return holder?.nodeId === plan.nodeId ? holder : undefined;
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

async function stopOne(node, graceSeconds) {
  const holder = holderOf(node);
  const { home } = volumePaths(node.plan.volumeDir);
  if (holder === undefined && findByHome(home).length === 0) return [];
  if (holder !== undefined) signal(holder.pid, "SIGTERM");
  const forceAt = Date.now() + graceSeconds * 1_000 + FORCE_AFTER_GRACE_MS;
  for (;;) {
    const isSupervised = isRunning(holder);
    const leftOvers = findByHome(home);
    if (!isSupervised && leftOvers.length === 0) return [node.plan.nodeId];
    if (Date.now() > forceAt && isSupervised) signal(holder.pid, "SIGKILL");
    if (!isSupervised) for (const { pid } of leftOvers) signal(pid, Date.now() > forceAt ? "SIGKILL" : "SIGTERM");
    await delay(POLL_MS);
  }
}

export async function stopAllProcessNodes(rootDir, { graceSeconds = 30 } = {}) {
  const stopped = await Promise.all(plannedNodes(rootDir).map((node) => stopOne(node, graceSeconds)));
  return stopped.flat();
}

export function resumeAllProcessNodes(rootDir) {
  return plannedNodes(rootDir).flatMap((node) => {
    const isWanted = readJson(nodePaths(node.nodeDir).desired)?.state === "running";
    if (!isWanted || holderOf(node) !== undefined) return [];
    spawnSupervisor(node.nodeDir);
    return [node.plan.nodeId];
  });
}
