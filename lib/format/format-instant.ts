// Making one costs a hundred times what using it does, and a page names few zones.
const formats = new Map<string | undefined, Intl.DateTimeFormat>();

function formatOf(timeZone: string | undefined): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
    ...(timeZone ? { timeZone } : {}),
  });
  formats.set(timeZone, made);
  return made;
}

/** An exact instant to the second in the given zone ("UTC" or an IANA name; the reader's own when left out). */
export function formatInstant(atMs: number, timeZone?: string): string {
  const parts = formatOf(timeZone).formatToParts(atMs);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? "";
  const time = `${part("hour")}:${part("minute")}:${part("second")}`;
  return `${part("day")} ${part("month")} ${part("year")}, ${time} ${part("timeZoneName")}`;
}
