/** Narrow no-break space: groups digits without being read as a decimal mark, and never wraps. */
export const THIN_SPACE = "\u202f";

/** No-break space: stands between a number and its unit (SI Brochure 5.4.3), wider than the one inside the number. */
export const UNIT_SPACE = "\u00a0";

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Groups the integer digits of a whole number or plain decimal string by threes: "1234567.5" -> "1 234 567.5".
 * Four digits stay together (heights and years read better so). Throws RangeError on anything but plain decimal digits.
 */
export function groupDigits(value: string | number | bigint): string {
  const match = DECIMAL.exec(String(value));
  if (!match) throw new RangeError(`Not a plain decimal number: ${String(value)}`);
  const [, sign = "", whole = "", fraction] = match;
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE) : whole;
  return `${sign === "-" ? "\u2212" : ""}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}
