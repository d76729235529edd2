import { join } from "node:path";
import { StartFailure } from "./failure.mjs";
import { httpStatus, isListening, waitUntil } from "./http-answer.mjs";
import { nodeArguments } from "./migrate.mjs";
import { processBundle } from "./process-bundles.mjs";
import { superviseChild } from "./supervised-child.mjs";

const GIVE_UP_AFTER_CRASHES = 3;

/** Starts a bundled process, supervised. */
export function startProcess(name, { repoDir, dataDir, env, registry, reporter }) {
  return superviseChild({
    name,
    command: process.execPath,
    args: nodeArguments(processBundle(repoDir, name)),
    cwd: repoDir,
    env,
    logFile: join(dataDir, `logs/${name}.log`),
    registry,
    reporter,
  });
}

/** Starts Next on the wanted port: the built application, or its development server. */
export function startWeb({ repoDir, dataDir, host, port, isDev, env, registry, reporter }) {
  const next = join(repoDir, "node_modules/next/dist/bin/next");
  return superviseChild({
    name: "web",
    command: process.execPath,
    args: [next, isDev ? "dev" : "start", "-H", host, "-p", String(port)],
    cwd: repoDir,
    env,
    logFile: join(dataDir, "logs/web.log"),
    registry,
    reporter,
  });
}

/** Waits until the portal answers its health address, whatever the health. @throws StartFailure start.web_failed */
export async function waitForWeb({ child, host, port, reporter, signal, logFile }) {
  const step = reporter.step("web", "starting");
  const address = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const isUp = await waitUntil(
    async () => (await httpStatus(`http://${address}:${port}/api/health`, { timeoutMs: 10_000 })) !== undefined,
    { timeoutMs: 120_000, signal, giveUp: () => child.crashes >= GIVE_UP_AFTER_CRASHES },
  );
  if (isUp) {
    step.done(`answers on ${address}:${port}`);
    return;
  }
  step.fail("does not answer");
  throw new StartFailure({
    code: "start.web_failed",
    what: `The web application does not answer on port ${port}${child.lastLine ? `; its last words: ${child.lastLine}` : ""}.`,
    fix: `Its log is ${logFile}.`,
  });
}

/** Waits until the job engine takes connections; without it the portal runs on and says that jobs are down. */
export async function waitForEngine({ child, port, reporter, signal }) {
  const step = reporter.step("engine", "starting");
  const isUp = await waitUntil(() => isListening(port), {
    timeoutMs: 30_000,
    signal,
    giveUp: () => child.crashes >= GIVE_UP_AFTER_CRASHES,
  });
  if (isUp) step.done(`job engine on 127.0.0.1:${port}`);
  else step.fail("does not answer; the portal runs on, jobs wait until it is back");
}
