import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { isDataDir } from "../start/data-dir.mjs";
import { embeddedDatabaseUrl } from "../start/database.mjs";
import { productEnvironment } from "../start/environment.mjs";
import { explainFailure, StartFailure } from "../start/failure.mjs";
import { nodeArguments } from "../start/migrate.mjs";
import { readOptions, repoDir } from "../start/options.mjs";
import { keptPorts } from "../start/ports.mjs";
import { runningServer } from "../start/postgres-cluster.mjs";
import { processBundle } from "../start/process-bundles.mjs";
import { loadSecrets } from "../start/secrets.mjs";

const USAGE = "npm run admin -- grant <wallet address>, or npm run admin -- add-localnet <folder of a local chain>";
/** What each command runs, and what it is told. */
const COMMANDS = {
  grant: (walletAddress) => ({ process: "grant-admin", args: [walletAddress], env: {} }),
  "add-localnet": (home) => ({ process: "register-localnet", args: [], env: { LOCALNET_HOME: resolve(home) } }),
};

function databaseUrlOf(options, secrets) {
  if (options.databaseUrl) return options.databaseUrl;
  const server = runningServer(options.dataDir);
  if (server) return embeddedDatabaseUrl(server.port, secrets.postgresPassword);
  throw new StartFailure({
    code: "admin.not_running",
    what: `The PostgreSQL of ${options.dataDir} is not running, so nothing can be changed in it.`,
    fix: "Run npm start in another terminal and try again; OMNIPHI_DATA_DIR names another data directory.",
  });
}

function main([command, subject]) {
  if (!Object.hasOwn(COMMANDS, command ?? "") || !subject) {
    throw new StartFailure({
      code: "admin.usage",
      what: "There are two commands, and each needs to be told of what.",
      fix: USAGE,
    });
  }
  const wanted = COMMANDS[command](subject);
  const options = readOptions([]);
  if (!options.databaseUrl && !isDataDir(options.dataDir)) {
    throw new StartFailure({
      code: "admin.no_data",
      what: `Nothing was ever started with the data directory ${options.dataDir}.`,
      fix: "Run npm start first; OMNIPHI_DATA_DIR names another data directory.",
    });
  }
  const bundle = processBundle(repoDir, wanted.process);
  if (!existsSync(bundle)) {
    throw new StartFailure({
      code: "admin.not_built",
      what: "This checkout is not built yet.",
      fix: "Run: npm run build",
    });
  }
  const secrets = loadSecrets(options.dataDir);
  const enginePort = keptPorts(options.dataDir).get("engine") ?? options.port;
  const env = productEnvironment({ options, secrets, databaseUrl: databaseUrlOf(options, secrets), enginePort });
  const { status } = spawnSync(process.execPath, nodeArguments(bundle, ...wanted.args), {
    cwd: repoDir,
    env: { ...env, ...wanted.env },
    stdio: "inherit",
  });
  return status ?? 1;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  const { code, what, fix } = explainFailure(error);
  process.stderr.write(`${what} [${code}]\n${fix}\n`);
  process.exitCode = 1;
}
