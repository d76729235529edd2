import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

const PACKAGE = "docker.io";
const DAEMON_LOG = "/tmp/omniphi-test-dockerd.log";
const START_MS = 60_000;

async function answers(socketPath: string): Promise<boolean> {
  return await new Promise<boolean>((done) => {
    const asked = request({ socketPath, path: "/_ping", timeout: 2_000 }, (answer) => {
      answer.resume();
      done(answer.statusCode === 200);
    });
    asked.once("error", () => done(false));
    asked.once("timeout", () => asked.destroy());
    asked.end();
  });
}

function canInstall(): boolean {
  const isDebian =
    existsSync("/etc/os-release") && /^ID(_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"));
  return isDebian && process.getuid?.() === 0;
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const [code] = await once(spawn(command, [...args], { stdio: ["ignore", "ignore", "inherit"], env }), "exit");
  if (code !== 0) throw new Error(`${command} ${args[0]} ended with ${code}; install the package ${PACKAGE} by hand.`);
}

async function startDaemon(socketPath: string): Promise<void> {
  const log = openSync(DAEMON_LOG, "a");
  const daemon = spawn("dockerd", ["--host", `unix://${socketPath}`], { detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  let problem: string | undefined;
  daemon.once("error", (error) => {
    problem = error.message;
  });
  daemon.once("exit", (code) => {
    problem = `it ended with ${code}`;
  });
  daemon.unref();
  const giveUpAt = Date.now() + START_MS;
  while (!(await answers(socketPath))) {
    if (problem !== undefined || Date.now() > giveUpAt) {
      throw new Error(`The Docker Engine did not start (${problem ?? "no answer"}); its log is ${DAEMON_LOG}.`);
    }
    await delay(200);
  }
}

/**
 * The socket of a Docker Engine that answers. One that runs already is used; otherwise, as root on Debian, the engine is installed where it is
 * missing and started, and stays up for later files of the run. Elsewhere it throws with the package that is missing.
 */
export async function ensureDocker(): Promise<string> {
  const socketPath = process.env.DOCKER_SOCKET_PATH ?? "/var/run/docker.sock";
  if (await answers(socketPath)) return socketPath;
  if (!canInstall()) {
    throw new Error(
      `No Docker Engine answers at ${socketPath}. Install and start one (Debian's package is ${PACKAGE}).`,
    );
  }
  if (!existsSync("/usr/sbin/dockerd")) {
    await run("apt-get", ["update", "-qq"]);
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", PACKAGE]);
  }
  await startDaemon(socketPath);
  return socketPath;
}
