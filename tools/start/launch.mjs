import { join } from "node:path";
import { PROCESSES } from "../../server/processes/processes.mjs";
import { bringUp } from "./bring-up.mjs";
import { stopLeftovers } from "./child-registry.mjs";
import { prepareDataDir } from "./data-dir.mjs";
import { explainFailure, StartFailure } from "./failure.mjs";
import { tryLock } from "./lock.mjs";
import { watchNpm } from "./npm-parent.mjs";
import { readOptions } from "./options.mjs";
import { createReporter } from "./reporter.mjs";
import { createStopStack } from "./stop-stack.mjs";

const stoppingWhen = (when) => PROCESSES.filter(({ stops }) => stops === when).map(({ name }) => name);
// What uses a thing stops before it; what is in one list does not mind the others.
const STOP_WAVES = [
  ["rebuilds"],
  ["localnet", "nodes", ...stoppingWhen("before-web")],
  ["web"],
  ...stoppingWhen("after-web").map((name) => [name]),
  ["postgres"],
];

/** Runs the whole product until a signal ends it; resolves to the exit status. */
export async function main(argv) {
  const reporter = createReporter();
  const stopping = new AbortController();
  const stack = createStopStack(STOP_WAVES, reporter);
  const ended = endOnSignal(stopping, reporter);
  let status = 0;
  let releaseLock = () => {};
  try {
    const options = readOptions(argv);
    reporter.line(
      "omniphi",
      `Omniphi Cloud${options.isDev ? ", development" : ""} on Node ${process.versions.node}; data in ${options.dataDir}`,
    );
    prepareDataDir(options.dataDir);
    releaseLock = takeLock(options);
    const left = await stopLeftovers(options.dataDir);
    if (left.length > 0) reporter.line("leftovers", `ended what an earlier start left running: ${left.join(", ")}`);
    await bringUp({ options, reporter, stack, signal: stopping.signal });
    await ended;
  } catch (error) {
    if (!stopping.signal.aborted) {
      status = 1;
      reporter.failure("failed", explainFailure(error));
    }
  }
  stopping.abort();
  reporter.abandonSteps();
  await stack.stopAll();
  releaseLock();
  reporter.line("stopped", "everything that was started has ended");
  reporter.close();
  return status;
}

// One launcher per data directory: two would fight over its database and its nodes.
function takeLock({ dataDir, port }) {
  const { release, holder } = tryLock(join(dataDir, "run/launcher.lock"), { port });
  if (release) return release;
  throw new StartFailure({
    code: "start.already_running",
    what: `Omniphi Cloud already runs on this data directory (process ${holder.pid}${holder.port ? `, port ${holder.port}` : ""}).`,
    fix: "Open that one, or start a second copy beside it: PORT=3100 OMNIPHI_DATA_DIR=.data-2 npm start",
  });
}

// One Ctrl-C may arrive twice, from the terminal and passed on by npm, so a second signal is no wish to hurry; every stop
// is bounded in time as it is.
function endOnSignal(stopping, reporter) {
  return new Promise((resolve) => {
    const end = (why) => {
      if (stopping.signal.aborted) return;
      reporter.line("stopping", `${why}; stopping everything in order`);
      stopping.abort(new Error("stopped by a signal"));
      resolve();
    };
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => end(`${name} received`));
    watchNpm(() => end("npm has ended"));
  });
}
