import type { LogLevel, LogLine } from "@/components/log/log-lines";

/** A line as hosts give it. */
export type HostLogLine = { readonly at: string; readonly stream: "stdout" | "stderr"; readonly text: string };

// CometBFT and the SDK write zerolog's console form: time, three-letter level, message; colours as escape sequences.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins a colour
const COLOUR = /\u001b\[[0-9;]*m/g;
const LEVELS: Readonly<Record<string, LogLevel>> = {
  DBG: "debug",
  INF: "info",
  WRN: "warn",
  ERR: "error",
  PNC: "error",
  FTL: "error",
};

/** Lines with their level read out of the text; ids follow time and place, so that a tail that moves keeps its rows. */
export function toLogLines(lines: readonly HostLogLine[]): readonly LogLine[] {
  let last = 0;
  return lines.map((line) => {
    const text = line.text.replace(COLOUR, "");
    const level =
      LEVELS[/\b(DBG|INF|WRN|ERR|PNC|FTL)\b/.exec(text)?.[1] ?? ""] ??
      (line.stream === "stderr" && /panic/i.test(text) ? "error" : "info");
    // Milliseconds times a thousand leave room for lines of one instant.
    last = Math.max(last + 1, Date.parse(line.at) * 1_000);
    return { id: last, at: line.at, level, text };
  });
}
