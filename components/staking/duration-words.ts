const UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** A time in its two largest units: "20 d 3 h", "1 min 5 s"; what has passed is "0 s". */
export function durationWords(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  const at = UNITS.findIndex(([, size]) => left >= size);
  if (at < 0) return "0 s";
  const [[unit, size] = ["s", 1], next] = UNITS.slice(at);
  const rest = next === undefined ? 0 : Math.floor((left % size) / next[1]);
  return `${Math.floor(left / size)} ${unit}${next === undefined || rest === 0 ? "" : ` ${rest} ${next[0]}`}`;
}
