const QUIET_MS = 10_000;
const SHOWN_CHARACTERS = 200;

// pino's levels: 50 is error, 60 is fatal.
const ERROR_LEVEL = 50;

function errorText(line) {
  if (line.startsWith("{")) {
    try {
      const entry = JSON.parse(line);
      if (typeof entry.level === "number" && entry.level >= ERROR_LEVEL) {
        return [entry.event, entry.msg ?? entry.err?.message].filter(Boolean).join(": ") || "error";
      }
      if (entry.level === "error" || entry.level === "fatal") return entry.msg ?? "error";
      return undefined;
    } catch {
      return undefined;
    }
  }
  if (/ENOSPC|no space left on device/i.test(line)) return "the disk is full; free some space";
  return /^\s*(⨯|Error:|[A-Z]\w*Error:|FATAL|panic:)/.test(line) ? line.trim() : undefined;
}

/** Shows a process's errors on the console: the first at once, then at most one line each ten seconds with a count. */
export function createErrorSummary(name, reporter) {
  let quietUntilMs = 0;
  let held = 0;
  let last = "";
  let timer;
  const flush = () => {
    timer = undefined;
    if (held === 0) return;
    reporter.line(name, held === 1 ? last : `${held} more errors, the last: ${last}`);
    held = 0;
    quietUntilMs = Date.now() + QUIET_MS;
  };
  return {
    read(line) {
      const text = errorText(line)?.slice(0, SHOWN_CHARACTERS);
      if (!text) return;
      if (Date.now() >= quietUntilMs) {
        reporter.line(name, text);
        quietUntilMs = Date.now() + QUIET_MS;
        return;
      }
      held += 1;
      last = text;
      timer ??= setTimeout(flush, quietUntilMs - Date.now()).unref();
    },
    close() {
      clearTimeout(timer);
    },
  };
}
