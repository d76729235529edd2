import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { explainFailure, StartFailure } from "./failure.mjs";
import { resolvePosd } from "./localnet-binary.mjs";
import { startLocalnetNode, startUntilReady } from "./localnet-node.mjs";
import { writeLocalnetStatus } from "./localnet-status.mjs";
import { nodeArguments } from "./migrate.mjs";
import { processBundle } from "./process-bundles.mjs";
import { runCommand } from "./run-command.mjs";

const LONGEST_BACKOFF_MS = 30_000;
const STEADY_AFTER_MS = 60_000;
const READY_LIMIT_MS = 120_000;

/**
 * Brings up the local chain beside the portal. Returns `{ hasBinary, done }`: promises of the program being there, and
 * of the outcome, `{ isUp: true }` or `{ isUp: false }`; a failure is told and written for the portal, never thrown.
 */
export function beginLocalnet({ options, env, reporter, stack, signal }) {
  const home = join(options.dataDir, "localnet");
  const step = reporter.step("localnet", "looking for posd");
  const tell = (state, text) => {
    step.update(text);
    writeLocalnetStatus(home, state, text);
  };
  const onLine = (line) => tell("building", line);
  const binary = resolvePosd({ ...options, onLine, signal });
  const up = async () => {
    const posdPath = await binary;
    tell("starting", "starting the local chain");
    const handle = await begin({ options, home, posdPath, env, reporter, stack, signal });
    step.done(`the chain ${handle.facts.chainId} makes blocks, RPC on 127.0.0.1:${handle.facts.rpcPort}`);
    writeLocalnetStatus(home, "ready", `The chain ${handle.facts.chainId} makes blocks.`);
    return { isUp: true };
  };
  const done = up().catch((error) => {
    if (signal.aborted) return { isUp: false };
    const failure = explainFailure(error instanceof StartFailure ? error : localnetFailure(error));
    step.fail("not running");
    reporter.failure("localnet", failure);
    writeLocalnetStatus(home, "failed", `${failure.what} ${failure.fix}`);
    return { isUp: false };
  });
  return {
    hasBinary: binary.then(
      () => true,
      () => false,
    ),
    done,
  };
}

async function begin({ options, home, posdPath, env, reporter, stack, signal }) {
  const { repoDir, dataDir, port: webPort, dockerSocketPath } = options;
  const start = () =>
    startLocalnetNode({ repoDir, home, posdPath, webPort, dockerSocketPath, onLine: () => {}, signal });
  const state = { handle: undefined, isStopping: false };
  stack.add("localnet", async () => {
    state.isStopping = true;
    await state.handle?.stop({ graceMs: 10_000 });
  });
  const up = () =>
    startUntilReady({
      start,
      onStarted: (handle) => {
        state.handle = handle;
      },
      timeoutMs: READY_LIMIT_MS,
      signal,
    });
  await up();
  await register({ repoDir, env, signal, logFile: join(dataDir, "logs/register-localnet.log") });
  void keepRunning({ state, up, home, reporter, signal });
  return state.handle;
}

async function register({ repoDir, env, signal, logFile }) {
  const bundle = processBundle(repoDir, "register-localnet");
  const result = await runCommand(process.execPath, nodeArguments(bundle), { cwd: repoDir, env, logFile, signal });
  if (result.code === 0) return;
  throw new StartFailure({
    code: "start.localnet_not_registered",
    what: "The local chain runs, but the portal could not be told of it.",
    fix: `The log ${logFile} says why. Start again once that is corrected.`,
  });
}

async function keepRunning({ state, up, home, reporter, signal }) {
  let pauseMs = 1_000;
  for (;;) {
    const startedAtMs = Date.now();
    const { code, signal: endSignal } = await state.handle.exited;
    if (state.isStopping || signal.aborted) return;
    if (Date.now() - startedAtMs > STEADY_AFTER_MS) pauseMs = 1_000;
    const why = endSignal ?? (code === null ? "ended from outside" : `status ${code}`);
    reporter.line(
      "localnet",
      `the chain stopped unexpectedly (${why}); starting again in ${pauseMs / 1000} s, log in ${state.handle.logPath}`,
    );
    writeLocalnetStatus(home, "starting", "The local chain stopped and is being started again.");
    for (let isBack = false; !isBack; ) {
      await delay(pauseMs, undefined, { signal }).catch(() => {});
      if (state.isStopping || signal.aborted) return;
      pauseMs = Math.min(pauseMs * 2, LONGEST_BACKOFF_MS);
      try {
        await up();
        isBack = true;
      } catch (error) {
        if (state.isStopping || signal.aborted) return;
        reporter.line("localnet", `not back yet: ${explainFailure(localnetFailure(error)).what}`);
      }
    }
    reporter.line("localnet", "the chain makes blocks again");
    writeLocalnetStatus(home, "ready", "The local chain makes blocks.");
  }
}

function localnetFailure(error) {
  if (error.code === "ENOSPC" || error.code === "EDQUOT") return error;
  return new StartFailure({
    code: "start.localnet_failed",
    what: error.message,
    fix: "The portal runs on without a local chain. Start again once that is corrected; npm run reset makes a new chain.",
    cause: error,
  });
}
