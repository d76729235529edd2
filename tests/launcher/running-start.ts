import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { launcherModule } from "./launcher-module";

/** A launcher under test: what it printed so far, and how it ended. */
export type RunningStart = {
  readonly child: ChildProcess;
  readonly lines: () => readonly string[];
  /** Resolves to the first line that fits; rejects when the launcher ends without one. */
  readonly line: (pattern: RegExp) => Promise<string>;
  readonly exitStatus: Promise<number | null>;
};

type StartOptions = {
  readonly checkout: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs `npm start` as a person does; otherwise the launcher itself. */
  readonly isThroughNpm?: boolean;
  /** `npm run dev` instead. */
  readonly isDev?: boolean;
  /** Further arguments of the launcher itself. */
  readonly args?: readonly string[];
  readonly user?: number;
  /** A program and arguments that run the command given to them as further arguments. */
  readonly prefix?: readonly string[];
};

/** Starts the product in a process group of its own, so that a test can press Ctrl-C as a terminal does. */
export function start({
  checkout,
  env,
  isThroughNpm,
  isDev,
  args: more = [],
  user,
  prefix = [],
}: StartOptions): RunningStart {
  const script = isDev ? "dev" : "start";
  const direct = [process.execPath, "tools/start/main.mjs", ...(isDev ? ["--dev"] : []), ...more];
  const product = isThroughNpm ? ["npm", "run", script] : direct;
  const [command = "", ...args] = [...prefix, ...product];
  const child = spawn(command, args, {
    cwd: checkout,
    env: { ...inherited(), ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      text += chunk;
    });
  }
  const exitStatus = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  const lines = () => text.split("\n").slice(0, -1);
  return {
    child,
    lines,
    exitStatus,
    line: async (pattern) => {
      for (;;) {
        const found = lines().find((line) => pattern.test(line));
        if (found !== undefined) return found;
        const ended = await Promise.race([exitStatus.then(() => true), delay(50, false)]);
        if (ended && !lines().some((line) => pattern.test(line))) {
          throw new Error(`The launcher ended without a line like ${pattern}. It said:\n${text}`);
        }
      }
    },
  };
}

// What a test runner sets for itself would change the product under test.
const TEST_RUNNER = /^(NODE_ENV|NODE_OPTIONS|VITEST.*|TEST|PORT|HOST|PUBLIC_URL|DATABASE_URL|INNGEST_.*|npm_.*)$/;

function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !TEST_RUNNER.test(name)),
  ) as NodeJS.ProcessEnv;
}

/** Listens on a free port until released. */
export async function holdPort(): Promise<{ port: number; release(): Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { port: address.port, release: () => new Promise((resolve) => server.close(() => resolve())) };
}

const { lockHolder } = await launcherModule<{ lockHolder(path: string): { pid: number } | undefined }>("start/lock");

/** The launcher's own process id, as its lock names it. */
export function launcherPid(dataDir: string): number {
  const holder = lockHolder(join(dataDir, "run/launcher.lock"));
  if (holder === undefined) throw new Error(`no launcher runs on ${dataDir}`);
  return holder.pid;
}

/** The command lines of all living processes that name this folder in their arguments, environment or working directory. */
export function processesOf(folder: string): string[] {
  return readdirSync("/proc").flatMap((entry) => {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) return [];
    try {
      const [commandLine, environment] = ["cmdline", "environ"].map((file) =>
        readFileSync(`/proc/${entry}/${file}`, "utf8"),
      );
      if (!commandLine?.includes(folder) && !environment?.includes(folder)) return [];
      return [`${entry} ${commandLine?.replaceAll("\0", " ")}`];
    } catch {
      return [];
    }
  });
}
