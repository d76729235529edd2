import type { LogLevel, LogLine } from "@/components/log/log-lines";

/** A line as the node's host gives it. */
export type HostLine = { readonly at: string; readonly stream: "stdout" | "stderr"; readonly text: string };

/** CometBFT's plain log begins each line with the time and one of these (cometbft/libs/log, v0.38). */
const LEVELS: readonly (readonly [RegExp, LogLevel])[] = [
  [/\b(?:ERR|FTL|PNC|panic:)/, "error"],
  [/\bWRN\b/, "warn"],
  [/\b(?:DBG|TRC)\b/, "debug"],
];
/** Far more than is read at once; older lines leave the browser. */
const MOST_LINES = 5_000;

const levelOf = (text: string): LogLevel => LEVELS.find(([pattern]) => pattern.test(text.slice(0, 60)))?.[1] ?? "info";
const isSame = (one: HostLine | undefined, other: HostLine | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  one.at === other.at &&
  one.text === other.text &&
  one.stream === other.stream;

/** What is shown so far, and the last tail that it was made from. */
export type NodeLog = { readonly lines: readonly LogLine[]; readonly tail: readonly HostLine[] };
export const EMPTY_NODE_LOG: NodeLog = { lines: [], tail: [] };

/** How many lines at the start of `next` are the end of `before`; the two tails overlap where the log went on. */
function overlap(before: readonly HostLine[], next: readonly HostLine[]): number {
  for (let length = Math.min(before.length, next.length); length > 0; length -= 1) {
    const offset = before.length - length;
    if (!isSame(before[offset], next[0]) || !isSame(before.at(-1), next[length - 1])) continue;
    if (next.slice(0, length).every((line, index) => isSame(before[offset + index], line))) return length;
  }
  return 0;
}

/** Adds what is new in a tail; ids go on rising, so that a reader who paused keeps their place. */
export function appendTail(log: NodeLog, tail: readonly HostLine[]): NodeLog {
  const fresh = tail.slice(overlap(log.tail, tail));
  if (fresh.length === 0) return { ...log, tail };
  const from = (log.lines.at(-1)?.id ?? 0) + 1;
  const added = fresh.map(
    (line, index): LogLine => ({ id: from + index, at: line.at, level: levelOf(line.text), text: line.text }),
  );
  return { lines: [...log.lines, ...added].slice(-MOST_LINES), tail };
}
