import type { LogLevel, LogLine } from "./log-lines";

/** A line as the node's host gives it: when the host took it, where it came from, and what the node wrote. */
export type HostLine = { readonly at: string; readonly stream: "stdout" | "stderr"; readonly text: string };

// CometBFT and the SDK write zerolog's console form, perhaps in colour: time, three-letter level, message (cosmossdk.io/log 1.x).
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins a colour
const COLOUR = /\u001b\[[0-9;]*m/g;
const HEAD = /^\s*(?:\d{1,2}:\d{2}(?:AM|PM)|\d{4}-\d{2}-\d{2}T\S+)\s+([A-Z]{3})\s+/;
const LEVELS: Readonly<Record<string, LogLevel>> = {
  TRC: "debug",
  DBG: "debug",
  INF: "info",
  WRN: "warn",
  ERR: "error",
  FTL: "error",
  PNC: "error",
};
/** Far more than is read at once; older lines leave the browser. */
const MOST_LINES = 5_000;

/** Level and message; the node's own time goes, since the host's, which has its seconds and its zone, stands beside it. */
function readText(raw: string): { level: LogLevel; text: string } {
  const plain = raw.replace(COLOUR, "");
  const head = HEAD.exec(plain);
  const level = LEVELS[head?.[1] ?? ""];
  if (head && level) return { level, text: plain.slice(head[0].length) };
  return { level: plain.startsWith("panic:") ? "error" : "info", text: plain };
}

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
  const added = fresh.map((line, index): LogLine => ({ id: from + index, at: line.at, ...readText(line.text) }));
  return { lines: [...log.lines, ...added].slice(-MOST_LINES), tail };
}
