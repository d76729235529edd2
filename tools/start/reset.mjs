import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { setTimeout as delay } from "node:timers/promises";
import { stopLeftovers } from "./child-registry.mjs";
import { isDataDir } from "./data-dir.mjs";
import { removeDockerNodes } from "./docker-nodes.mjs";
import { explainFailure, StartFailure } from "./failure.mjs";
import { lockHolder } from "./lock.mjs";
import { stopProcessNodes } from "./nodes.mjs";
import { readOptions } from "./options.mjs";
import { runningServer, stopServer } from "./postgres-cluster.mjs";
import { isSameProcess } from "./process-identity.mjs";
import { createReporter } from "./reporter.mjs";

const LAUNCHER_PATIENCE_MS = 60_000;

async function isAgreed(dataDir) {
  if (process.argv.includes("--yes")) return true;
  if (!process.stdin.isTTY) {
    throw new StartFailure({
      code: "reset.not_confirmed",
      what: "There is no terminal to ask on, so nothing was removed.",
      fix: "Run: npm run reset -- --yes",
    });
  }
  const questions = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await questions.question(
    `This removes everything in ${dataDir}: database, secrets, local chain, and every node with its keys, as process or container.\nType yes to go on: `,
  );
  questions.close();
  return answer.trim().toLowerCase() === "yes";
}

async function stopLauncher(dataDir) {
  const holder = lockHolder(join(dataDir, "run/launcher.lock"));
  if (!holder) return;
  process.kill(holder.pid, "SIGTERM");
  for (let waitedMs = 0; waitedMs < LAUNCHER_PATIENCE_MS; waitedMs += 100) {
    if (!isSameProcess(holder.pid, holder.identity)) return;
    await delay(100);
  }
  throw new StartFailure({
    code: "reset.still_running",
    what: `The running copy (process ${holder.pid}) did not stop within a minute, so nothing was removed.`,
    fix: "End it, then run this again.",
  });
}

async function reset(reporter) {
  const options = readOptions([]);
  const { dataDir } = options;
  if (!existsSync(dataDir)) {
    reporter.line("reset", `there is nothing to remove: ${dataDir} does not exist`);
    return;
  }
  if (!isDataDir(dataDir)) {
    throw new StartFailure({
      code: "reset.data_dir_foreign",
      what: `${dataDir} was not made by Omniphi Cloud, so it is left alone.`,
      fix: "Check OMNIPHI_DATA_DIR.",
    });
  }
  if (!(await isAgreed(dataDir))) {
    reporter.line("reset", "nothing was removed");
    return;
  }
  const step = reporter.step("reset", "stopping what runs");
  try {
    await stopLauncher(dataDir);
    await stopLeftovers(dataDir);
    await stopProcessNodes(options);
    await removeDockerNodes(options);
    const server = runningServer(dataDir);
    if (server) await stopServer(server.pid);
    step.update("removing the data");
    rmSync(dataDir, { recursive: true, force: true });
    step.done(`${dataDir} is removed; npm start begins with nothing`);
  } catch (error) {
    step.fail("not finished");
    throw error;
  }
}

const reporter = createReporter();
try {
  await reset(reporter);
} catch (error) {
  reporter.failure("failed", explainFailure(error));
  process.exitCode = 1;
} finally {
  reporter.close();
}
