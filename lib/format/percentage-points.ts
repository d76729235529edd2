import { groupDigits, UNIT_SPACE } from "./group-digits";

/** A plain decimal without zeros that say nothing: "01.50" is "1.5". */
const plain = (decimal: string): string => {
  const [whole = "", fraction = ""] = decimal.split(".");
  const rest = fraction.replace(/0+$/, "");
  return `${whole.replace(/^0+(?=\d)/, "")}${rest === "" ? "" : `.${rest}`}`;
};

/** A difference of two shares, as "1 percentage point"; `points` is the decimal text of it, also as somebody typed it. */
export function percentagePoints(points: string): string {
  const typed = points.trim();
  if (!/^\d+(\.\d*)?$/.test(typed)) return `${typed}${UNIT_SPACE}percentage points`;
  const shown = plain(typed);
  return `${groupDigits(shown)}${UNIT_SPACE}percentage ${shown === "1" ? "point" : "points"}`;
}
