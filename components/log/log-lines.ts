/** Severities in rising order. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line of a log; `id` is unique and rising, `at` ISO 8601, `source` the step or program that wrote it. */
export type LogLine = { id: number; at: string; level: LogLevel; text: string; source?: string | undefined };

/** The lines at or above a level that hold the words in text or source, whatever their case; the order stays. */
export function filterLogLines(lines: readonly LogLine[], least: LogLevel, words: string): readonly LogLine[] {
  const from = LOG_LEVELS.indexOf(least);
  const wanted = words.trim().toLowerCase();
  if (from === 0 && wanted === "") return lines;
  return lines.filter(
    (line) =>
      LOG_LEVELS.indexOf(line.level) >= from &&
      (wanted === "" || line.text.toLowerCase().includes(wanted) || (line.source ?? "").toLowerCase().includes(wanted)),
  );
}

/** The lines as a text file, one a line: time, level, source, text; a line break inside a text becomes a visible mark. */
export function logFileText(lines: readonly LogLine[]): string {
  return lines
    .map(({ at, level, source, text }) =>
      [at, level.padEnd(5), source ?? "-", text.replace(/\r?\n/g, "\u23ce")].join(" "),
    )
    .join("\n")
    .concat(lines.length > 0 ? "\n" : "");
}

/** Splits a text around each place where the words stand, for marking; odd places of the result are the matches. */
export function splitAtMatches(text: string, words: string): readonly string[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === "") return [text];
  const lower = text.toLowerCase();
  // Some letters change their length in lower case; then places would shift, so nothing is marked.
  if (lower.length !== text.length) return [text];
  const parts: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  parts.push(text.slice(from));
  return parts;
}
