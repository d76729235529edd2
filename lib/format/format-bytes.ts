import { groupDigits, UNIT_SPACE } from "./group-digits";

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** Writes a size in binary units with three significant digits at most: 1536 -> "1.5 KiB". Throws RangeError below zero. */
export function formatBytes(sizeBytes: number | bigint): string {
  const size = Number(sizeBytes);
  if (!Number.isFinite(size) || size < 0) throw new RangeError(`Not a size in bytes: ${sizeBytes}`);
  let rest = size;
  let power = 0;
  // 1,023.5 would be shown as "1024": it belongs to the next unit already.
  while (rest >= 1_023.5 && power < UNITS.length - 1) {
    rest /= 1_024;
    power += 1;
  }
  const digits =
    power === 0 || rest >= 99.95 ? rest.toFixed(0) : rest.toFixed(rest >= 9.995 ? 1 : 2).replace(/\.?0+$/, "");
  return `${groupDigits(digits)}${UNIT_SPACE}${UNITS[power]}`;
}
