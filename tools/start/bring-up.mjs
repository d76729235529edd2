import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { lastingProcesses } from "../../server/processes/processes.mjs";
import { buildProcesses, buildWeb, lockBuild } from "./build.mjs";
import { checkSettings } from "./check-settings.mjs";
import { createChildRegistry } from "./child-registry.mjs";
import { checkDatabase } from "./database.mjs";
import { watchProcesses } from "./dev.mjs";
import { reportDocker } from "./docker.mjs";
import { productEnvironment } from "./environment.mjs";
import { installDependencies } from "./install.mjs";
import { beginLocalnet } from "./localnet.mjs";
import { migrateDatabase } from "./migrate.mjs";
import { resumeNodes, stopNodes } from "./nodes.mjs";
import { keptPorts, requireWebPort } from "./ports.mjs";
import { startPostgres } from "./postgres.mjs";
import { startProcess, startWeb, waitForEngine, waitForWeb } from "./product-processes.mjs";
import { loadSecrets } from "./secrets.mjs";

/** A posd that is not there by then is being compiled. */
const BINARY_PATIENCE_MS = 3_000;

/** Takes a checkout from whatever state it is in to the running product; every start adds its stop to the stack. */
export async function bringUp({ options, reporter, stack, signal }) {
  const { repoDir, dataDir, port, host, isDev } = options;
  const logOf = (name) => join(dataDir, `logs/${name}.log`);
  await requireWebPort(options);
  await installDependencies({ repoDir, reporter, signal, logFile: logOf("install") });

  const secrets = loadSecrets(dataDir);
  const ports = keptPorts(dataDir, { webPort: port });
  const databaseUrl = await startDatabase({ options, secrets, ports, reporter, stack, signal });
  const enginePort = options.inngestBaseUrl ? undefined : await ports.choose("engine");
  const env = productEnvironment({ options, secrets, databaseUrl, enginePort });

  const children = new Map();
  await build({
    options,
    env,
    reporter,
    stack,
    signal,
    logOf,
    onRebuilt: (name) => void children.get(name)?.restart(),
  });
  const { inngestBaseUrl } = options;
  await checkSettings({ repoDir, env, inngestBaseUrl, signal, logFile: logOf("check-settings") });
  const { isTakeOver } = options;
  await migrateDatabase({ repoDir, env, isTakeOver, reporter, signal, logFile: logOf("migrate") });

  const shared = { repoDir, dataDir, host, port, isDev, env, reporter, registry: createChildRegistry(dataDir) };
  const begin = (name, child) => {
    children.set(name, child);
    stack.add(name, () => child.stop());
    return child;
  };
  const web = begin("web", startWeb(shared));
  for (const { name } of lastingProcesses({ hasInngest: options.inngestBaseUrl !== undefined }).toReversed()) {
    begin(name, startProcess(name, shared));
  }
  const engine = children.get("engine");
  stack.add("nodes", () => stopNodes(options));
  const localnet = options.hasLocalnet ? beginLocalnet({ options, env, reporter, stack, signal }) : undefined;
  await Promise.all([
    waitForWeb({ child: web, host, port, reporter, signal, logFile: logOf("web") }),
    engine && waitForEngine({ child: engine, port: enginePort, reporter, signal }),
    reportDocker({ dockerSocketPath: options.dockerSocketPath, reporter }),
    resumeNodes({ options, reporter }),
  ]);
  await sayReady({ options, localnet, reporter, signal });
}

// The portal is of use before the local chain is compiled: it is announced then, and once more when everything is up.
async function sayReady({ options, localnet, reporter, signal }) {
  const say = (text) => reporter.line("ready", `${options.publicUrl}  ${text}`);
  const isQuick = await Promise.race([localnet?.hasBinary ?? true, delay(BINARY_PATIENCE_MS, "late", { ref: false })]);
  if (isQuick === "late") {
    say(
      "open it now; the local chain is still being built (4 to 7 minutes the first time) and the portal shows how far it is",
    );
  }
  const outcome = await localnet?.done;
  signal.throwIfAborted();
  if (!localnet)
    say("open it and connect a wallet; there is no local chain (OMNIPHI_LOCALNET=off). Ctrl-C stops everything");
  else if (outcome.isUp) say("open it, connect a wallet and start a validator. Ctrl-C stops everything");
  else say("open it; the local chain is not running, see above. Ctrl-C stops everything");
}

async function startDatabase({ options, secrets, ports, reporter, stack, signal }) {
  if (options.databaseUrl) {
    await checkDatabase(options.repoDir, options.databaseUrl);
    reporter.line("postgres", "the database of DATABASE_URL answers");
    return options.databaseUrl;
  }
  const { repoDir, dataDir } = options;
  const postgres = await startPostgres({
    repoDir,
    dataDir,
    password: secrets.postgresPassword,
    ports,
    reporter,
    signal,
  });
  stack.add("postgres", postgres.stop);
  postgres.supervise();
  return postgres.databaseUrl;
}

async function build({ options, env, reporter, stack, signal, logOf, onRebuilt }) {
  const { repoDir, isDev } = options;
  const release = await lockBuild({
    repoDir,
    signal,
    onWait: (holder) => reporter.line("build", `waiting for the build of another start (process ${holder.pid})`),
  });
  try {
    await buildProcesses({ repoDir, reporter });
    if (!isDev) await buildWeb({ repoDir, env, reporter, signal, logFile: logOf("build") });
  } finally {
    release();
  }
  if (!isDev) return;
  const watching = await watchProcesses({ repoDir, reporter, onRebuilt });
  stack.add("rebuilds", watching.stop);
}
