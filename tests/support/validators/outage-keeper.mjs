// Ends what a test started when the test itself was killed and could not. Every process in question names one of the
// test's own temporary folders on its command line.
// Arguments: the process id whose end is the end of the test, then the folders.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const [watchedPid, ...folders] = process.argv.slice(2);
const WATCH_MS = 500;
const GRACE_MS = 20_000;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function argumentsOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}

function ours(filter = (_args) => true) {
  return readdirSync("/proc")
    .filter((name) => /^[0-9]+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter((pid) => {
      const args = argumentsOf(pid);
      return folders.some((folder) => args.some((arg) => arg.includes(folder))) && filter(args);
    });
}

async function end(filter) {
  const signalAll = (signal) => {
    for (const pid of ours(filter)) process.kill(pid, signal);
  };
  signalAll("SIGTERM");
  const giveUpAt = Date.now() + GRACE_MS;
  while (ours(filter).length > 0 && Date.now() < giveUpAt) await delay(WATCH_MS);
  signalAll("SIGKILL");
}

function ask(socketPath, method, path) {
  return new Promise((resolve) => {
    const asked = request({ socketPath, method, path, timeout: GRACE_MS }, (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (chunk) => {
        body += chunk;
      });
      answer.on("end", () => resolve(body));
    });
    asked.once("error", () => resolve("[]"));
    asked.once("timeout", () => asked.destroy());
    asked.end();
  });
}

/** A bridge is an interface of the machine and would outlive its engine. */
async function emptyEngines() {
  for (const socketPath of folders.map((folder) => join(folder, "docker.sock"))) {
    for (const { Id } of JSON.parse(await ask(socketPath, "GET", "/containers/json?all=1"))) {
      await ask(socketPath, "DELETE", `/containers/${Id}?force=1`);
    }
    for (const { Id, Driver } of JSON.parse(await ask(socketPath, "GET", "/networks"))) {
      if (Driver === "bridge") await ask(socketPath, "DELETE", `/networks/${Id}`);
    }
  }
}

while (isAlive(Number(watchedPid))) await delay(WATCH_MS);
await emptyEngines();
// An engine ends its own helpers.
await end((args) => args[0].endsWith("dockerd"));
await end();
const mounts = readFileSync("/proc/self/mounts", "utf8").split("\n");
for (const path of mounts.map((line) => line.split(" ")[1] ?? "").reverse()) {
  if (folders.some((folder) => path.startsWith(`${folder}/`))) spawnSync("umount", [path]);
}
for (const folder of folders) rmSync(folder, { recursive: true, force: true });
