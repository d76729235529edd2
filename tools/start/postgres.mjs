import { chmodSync } from "node:fs";
import { join } from "node:path";
import { embeddedDatabaseUrl, ensureDatabase } from "./database.mjs";
import { postgresBinaries } from "./postgres-binaries.mjs";
import { ensureCluster, runningServer, startServer, stopServer } from "./postgres-cluster.mjs";
import { postgresUser } from "./postgres-user.mjs";
import { isAlive } from "./process-identity.mjs";

const WATCH_INTERVAL_MS = 1000;

/**
 * Brings up the embedded PostgreSQL of a data directory: adopts the server that a killed launcher left, otherwise makes
 * and starts it. Returns `{ databaseUrl, port, supervise, stop }`.
 */
export async function startPostgres({ repoDir, dataDir, password, ports, reporter, signal }) {
  const step = reporter.step("postgres", "starting");
  const logFile = join(dataDir, "logs/postgres.log");
  const shared = { dataDir, logFile, signal, binaries: postgresBinaries(repoDir), user: postgresUser() };
  // Root's PostgreSQL runs as another user, which has to reach its folder; what lies beside it stays private by mode.
  if (shared.user) chmodSync(dataDir, 0o711);
  try {
    let server = runningServer(dataDir);
    const isAdopted = server !== undefined;
    let isNew = false;
    if (!server) {
      step.update("making its data");
      isNew = await ensureCluster({ ...shared, password });
      step.update("starting");
      server = await startServer({ ...shared, port: await ports.choose("postgres") });
    }
    ports.set("postgres", server.port);
    await ensureDatabase(repoDir, server.port, password);
    const how = isAdopted ? "adopted, still running from before" : isNew ? "made and started" : "started";
    step.done(`PostgreSQL ${how} on 127.0.0.1:${server.port}`);
    return handle({ shared, server, password, reporter });
  } catch (error) {
    step.fail("PostgreSQL is not running");
    const left = runningServer(dataDir);
    if (left) await stopServer(left.pid);
    throw error;
  }
}

function handle({ shared, server, password, reporter }) {
  let current = server;
  let timer;
  let isStopping = false;
  let failures = 0;

  const watch = async () => {
    if (isStopping) return;
    if (!isAlive(current.pid)) {
      reporter.line("postgres", "PostgreSQL has stopped unexpectedly; starting it again");
      try {
        current = await startServer({ ...shared, port: current.port });
        failures = 0;
        reporter.line("postgres", `PostgreSQL is back on 127.0.0.1:${current.port}`);
      } catch (error) {
        failures += 1;
        if (!isStopping) reporter.line("postgres", error.what ?? error.message);
      }
    }
    if (!isStopping) timer = setTimeout(watch, Math.min(WATCH_INTERVAL_MS * 2 ** failures, 30_000));
  };

  return {
    port: server.port,
    databaseUrl: embeddedDatabaseUrl(server.port, password),
    supervise: () => {
      timer = setTimeout(watch, WATCH_INTERVAL_MS);
    },
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      const running = runningServer(shared.dataDir) ?? current;
      await stopServer(running.pid);
    },
  };
}
