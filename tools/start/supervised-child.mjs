import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { stopGroup } from "./child-registry.mjs";
import { createErrorSummary } from "./error-summary.mjs";
import { openRotatingLog } from "./rotating-log.mjs";

const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 30_000;
const STEADY_AFTER_MS = 60_000;
/** Who ended at once would end again at once: what has run for so long is said to be back. */
const BACK_AFTER_MS = 3_000;
/** How long the last words of an ended process may take through its pipe, which a process of its own may hold open. */
const LAST_WORDS_MS = 1_000;

/**
 * One long-lived process: started in a group of its own, its output kept in a rotating log with errors summarised on the
 * console, started again with growing pauses when it ends by itself. `crashes` counts the ends since it last ran steadily.
 */
export function superviseChild({ name, command, args, cwd, env, logFile, registry, reporter, graceMs = 8_000 }) {
  const log = openRotatingLog(logFile, {
    onProblem: (error) => reporter.line(name, `its log cannot be written (${error.code}); the process goes on`),
  });
  const summary = createErrorSummary(name, reporter);
  const state = { child: undefined, spoken: undefined, crashes: 0, lastLine: "", isStopping: false };
  const timers = { start: undefined, back: undefined };

  const start = () => {
    const startedAtMs = Date.now();
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    state.child = child;
    state.spoken = new Promise((resolve) => child.once("close", resolve));
    if (child.pid) registry.add(name, child.pid);
    if (state.crashes > 0)
      timers.back = setTimeout(() => reporter.line(name, `runs again (process ${child.pid})`), BACK_AFTER_MS);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      let rest = "";
      stream.on("data", (chunk) => {
        log.write(chunk);
        const lines = (rest + chunk).split("\n");
        rest = (lines.pop() ?? "").slice(0, 64 * 1024);
        for (const line of lines) {
          if (line.trim() !== "") state.lastLine = line.trim();
          summary.read(line);
        }
      });
    }
    let hasEnded = false;
    const onEnd = (why) => {
      if (hasEnded) return;
      hasEnded = true;
      clearTimeout(timers.back);
      if (child.pid) void endRest(child.pid);
      if (state.child === child) state.child = undefined;
      if (state.isStopping) return;
      if (Date.now() - startedAtMs > STEADY_AFTER_MS) state.crashes = 0;
      state.crashes += 1;
      const pauseMs = Math.min(FIRST_BACKOFF_MS * 2 ** (state.crashes - 1), LONGEST_BACKOFF_MS);
      reporter.line(name, `stopped unexpectedly (${why}); starting again in ${pauseMs / 1000} s, log in ${logFile}`);
      timers.start = setTimeout(start, pauseMs);
    };
    child.once("error", (error) => onEnd(error.code ?? error.message));
    child.once("exit", (code, endSignal) => onEnd(endSignal ?? `status ${code}`));
  };

  // What the process started itself has no one to end it any more.
  const endRest = async (pid) => {
    await stopGroup(pid, 2_000);
    registry.remove(pid);
  };

  const stopCurrent = async () => {
    const pid = state.child?.pid;
    if (pid === undefined) return;
    await stopGroup(pid, graceMs);
    registry.remove(pid);
  };

  start();
  return {
    name,
    get pid() {
      return state.child?.pid;
    },
    get crashes() {
      return state.crashes;
    },
    get lastLine() {
      return state.lastLine;
    },
    async restart() {
      clearTimeout(timers.start);
      state.isStopping = true;
      await stopCurrent();
      state.isStopping = false;
      state.crashes = 0;
      start();
    },
    async stop() {
      state.isStopping = true;
      clearTimeout(timers.start);
      clearTimeout(timers.back);
      await stopCurrent();
      await Promise.race([state.spoken, delay(LAST_WORDS_MS, undefined, { ref: false })]);
      summary.close();
      log.close();
    },
  };
}
