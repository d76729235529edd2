const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** The milliseconds of a time string such as `1d2h30m` or `500ms`; undefined when it is not one. */
export function parseDuration(text: string): number | undefined {
  const pattern = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/gy;
  let total = 0;
  let end = 0;
  for (let part = pattern.exec(text); part !== null; part = pattern.exec(text)) {
    total += Number(part[1]) * (unitMs[part[2] ?? ""] ?? Number.NaN);
    end = pattern.lastIndex;
  }
  return end > 0 && end === text.length && Number.isSafeInteger(Math.round(total)) ? Math.round(total) : undefined;
}

/** When something is due: `spanMs` is the wait it was asked for, or null for a fixed instant. */
export type DueTime = { readonly dueAt: Date; readonly spanMs: number | null };

/**
 * Reads what the SDK sends for a sleep or a timeout: a time string, an ISO 8601 instant, or an empty text for no wait at all (the SDK writes
 * a duration of zero so). Undefined when it is none of these.
 */
export function parseDueTime(text: string, now: Date): DueTime | undefined {
  const spanMs = text === "" ? 0 : parseDuration(text);
  if (spanMs !== undefined) return { dueAt: new Date(now.getTime() + spanMs), spanMs };
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text)) return undefined;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? undefined : { dueAt: instant, spanMs: null };
}
