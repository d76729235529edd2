const NAME_WIDTH = 12;
const HEARTBEAT_MS = 15_000;

/** Formats a duration as `0.4 s` or `2 min 5 s`. */
export function formatElapsed(elapsedMs) {
  const seconds = elapsedMs / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/**
 * Prints one line per finished step, each beginning with its name. While a step runs, a terminal shows it on a live last
 * line, and anything else gets a line each 15 seconds.
 */
export function createReporter(stream = process.stdout) {
  const running = new Map();
  const isTerminal = stream.isTTY === true;
  let liveLine = false;
  let timer;

  // A closed terminal must not keep the stop from being carried through.
  stream.on("error", () => {});

  const clearLive = () => {
    if (!liveLine) return;
    stream.write("\r\x1b[2K");
    liveLine = false;
  };
  const line = (name, text) => {
    clearLive();
    stream.write(`${name.padEnd(NAME_WIDTH)}${text}\n`);
  };
  const phrase = (step) => `${step.text} (${formatElapsed(Date.now() - step.startedAtMs)})`;

  const beat = () => {
    if (isTerminal) {
      clearLive();
      const text = [...running.values()].map((step) => `${step.name}: ${phrase(step)}`).join("  ·  ");
      stream.write(text.slice(0, Math.max(20, (stream.columns ?? 80) - 1)));
      liveLine = true;
      return;
    }
    for (const step of running.values()) {
      if (Date.now() - step.saidAtMs < HEARTBEAT_MS - 500) continue;
      step.saidAtMs = Date.now();
      line(step.name, `still ${phrase(step)}`);
    }
  };
  const settle = (step, text) => {
    if (!running.delete(step)) return;
    if (running.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    line(step.name, `${text} (${formatElapsed(Date.now() - step.startedAtMs)})`);
  };

  return {
    line,
    /** Begins a step; `text` is what is being done ("installing dependencies"). */
    step(name, text) {
      const step = { name, text, startedAtMs: Date.now(), saidAtMs: Date.now() };
      running.set(step, step);
      timer ??= setInterval(beat, isTerminal ? 250 : 1000);
      timer.unref();
      return {
        update: (next) => {
          step.text = next;
        },
        done: (result) => settle(step, result),
        fail: (reason) => settle(step, reason),
      };
    },
    /** A failure: what happened, then what to do, on its own line. */
    failure(name, { code, what, fix }) {
      line(name, `${what} [${code}]`);
      line("", fix);
    },
    /** Forgets the steps that still run, because what they wait for is being ended. */
    abandonSteps() {
      running.clear();
    },
    close() {
      clearInterval(timer);
      clearLive();
    },
  };
}
