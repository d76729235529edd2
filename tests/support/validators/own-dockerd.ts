import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import Docker from "dockerode";
import { ensureDocker } from "../docker";

/** A Docker Engine that no other test and no person uses, so that it may be killed. */
export type OwnDockerd = {
  readonly socketPath: string;
  readonly directory: string;
  /**
   * SIGKILL as soon as it tells of the start of a container whose name begins so, so that it dies while that container works. Resolves once it
   * listens; `killed` resolves when the engine is gone.
   */
  killAtStartOf(containerPrefix: string): Promise<{ readonly killed: Promise<void> }>;
  /** Starts it again on the same files; resolves once it answers. */
  restart(): Promise<void>;
  /** Removes what runs on it and ends it. */
  stop(): Promise<void>;
};

const START_MS = 60_000;
const POLL_MS = 100;
const CONTAINERD_END_MS = 5_000;
const LOG_TAIL_CHARACTERS = 2_000;

/** A range of addresses that no interface of this machine lies in. */
function freeAddressPool(): string {
  const used = new Set(
    Object.values(networkInterfaces()).flatMap((all) =>
      (all ?? []).map(({ address }) => address.split(".").slice(0, 2).join(".")),
    ),
  );
  for (let second = 200; second < 256; second += 1) if (!used.has(`10.${second}`)) return `10.${second}.0.0/16`;
  throw new Error("every range of addresses between 10.200 and 10.255 is in use");
}

/**
 * Starts one beside whatever runs already: socket, files, state and addresses are its own, and it leaves the machine's packet filter and
 * forwarding as they are, which containers that talk to this host alone do not need. Needs root.
 */
export async function startOwnDockerd(): Promise<OwnDockerd> {
  if (process.getuid?.() !== 0) throw new Error("A Docker Engine of the test's own needs root. Run this file as root.");
  // Installs the engine where it is missing.
  await ensureDocker();
  const directory = mkdtempSync(join(tmpdir(), "omniphi-own-dockerd-"));
  const inDir = (name: string) => join(directory, name);
  const socketPath = inDir("docker.sock");
  const docker = new Docker({ socketPath });
  const args = [
    ...["--host", `unix://${socketPath}`, "--data-root", inDir("data"), "--exec-root", inDir("exec")],
    ...["--pidfile", inDir("docker.pid"), "--bridge", "none", "--default-address-pool"],
    `base=${freeAddressPool()},size=24`,
    ...["--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false"],
    // Should a containerd of the machine serve it, the two keep their containers apart.
    ...["--containerd-namespace", "omniphi-test", "--containerd-plugins-namespace", "omniphi-test-plugins"],
  ];
  const logTail = () => readFileSync(inDir("log"), "utf8").slice(-LOG_TAIL_CHARACTERS);

  const start = async (): Promise<ChildProcess> => {
    const log = openSync(inDir("log"), "a");
    const daemon = spawn("dockerd", args, { detached: true, stdio: ["ignore", log, log] });
    closeSync(log);
    const giveUpAt = Date.now() + START_MS;
    while (
      !(await docker.ping().then(
        () => true,
        () => false,
      ))
    ) {
      if (daemon.exitCode !== null || Date.now() > giveUpAt) {
        daemon.kill("SIGTERM");
        throw new Error(`The test's own Docker Engine did not start: ${logTail()}`);
      }
      await delay(POLL_MS);
    }
    return daemon;
  };
  const end = async (daemon: ChildProcess, signal: NodeJS.Signals) => {
    if (daemon.exitCode !== null || daemon.signalCode !== null) return;
    const gone = once(daemon, "exit");
    daemon.kill(signal);
    await gone;
  };

  /** The kernel ends its containerd with it, a moment later; an engine that starts in that moment takes the dying one for its own. */
  const kill = async () => {
    const containerdPid = Number(readFileSync(inDir("exec/containerd/containerd.pid"), "utf8"));
    await end(running, "SIGKILL");
    const giveUpAt = Date.now() + CONTAINERD_END_MS;
    while (existsSync(`/proc/${containerdPid}`) && Date.now() < giveUpAt) await delay(POLL_MS);
  };

  let running = await start().catch((thrown: unknown) => {
    rmSync(directory, { recursive: true, force: true });
    throw thrown;
  });
  const removeAll = async () => {
    for (const { Id } of await docker.listContainers({ all: true }))
      await docker.getContainer(Id).remove({ force: true });
    // A bridge is an interface of the machine and would outlive its engine.
    for (const { Id, Driver } of await docker.listNetworks()) {
      if (Driver === "bridge") await docker.getNetwork(Id).remove();
    }
  };
  return {
    socketPath,
    directory,
    killAtStartOf: async (containerPrefix) => {
      const events = await docker.getEvents({ filters: { type: ["container"], event: ["start"] } });
      const started = async () => {
        for await (const event of events) {
          const name: string = JSON.parse(String(event)).Actor.Attributes.name;
          if (name.startsWith(containerPrefix)) return kill();
        }
        throw new Error(`the engine ended before a container ${containerPrefix} was started`);
      };
      // An object, since a promise given back by an async function would be waited for.
      return { killed: started() };
    },
    restart: async () => {
      running = await start();
    },
    stop: async () => {
      // One that a test killed and left: only a running engine can end its containers.
      if (running.exitCode !== null || running.signalCode !== null) running = await start();
      await removeAll();
      await end(running, "SIGTERM");
      // An engine leaves the mounts of the one before it that was killed.
      const mounts = readFileSync("/proc/self/mounts", "utf8")
        .split("\n")
        .flatMap((line) => line.split(" ")[1] ?? [])
        .filter((path) => path.startsWith(`${directory}/`));
      for (const path of mounts.reverse()) execFileSync("umount", [path]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
