import { groupDigits, UNIT_SPACE } from "./group-digits";

/**
 * A part of a whole in percent, exact but for what is cut behind two places; the whole is more than nothing. A part that is there, however small
 * beside the whole, is never written as zero.
 */
export function formatShare(part: bigint, whole: bigint): string {
  const cut = (part * 1_000_000n) / whole;
  const millionths = (cut === 0n && part > 0n ? 1n : cut).toString().padStart(7, "0");
  return formatPercent(`${millionths.slice(0, -6)}.${millionths.slice(-6)}`, 2);
}

/**
 * Writes a share given as a decimal string (as the chain's Dec: "0.052500000000000000") in percent, without floating
 * point: "5.25 %". With `maxFractionDigits` the rest is cut, not rounded, so that a share is never shown above itself;
 * what is cut down to zero reads "< 0.01 %". Throws RangeError when the text is no plain decimal.
 */
export function formatPercent(share: string, maxFractionDigits?: number): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(share);
  if (!match) throw new RangeError(`Not a decimal share: ${share}`);
  const [, sign = "", whole = "", fraction = ""] = match;
  const padded = fraction.padEnd(2, "0");
  const percentWhole = BigInt(whole + padded.slice(0, 2)).toString();
  const exact = padded.slice(2).replace(/0+$/, "");
  const kept = exact.slice(0, maxFractionDigits).replace(/0+$/, "");
  const isZero = percentWhole === "0" && kept === "";
  if (isZero && exact !== "" && maxFractionDigits !== undefined) {
    const least = maxFractionDigits === 0 ? "1" : `0.${"1".padStart(maxFractionDigits, "0")}`;
    return `< ${least}${UNIT_SPACE}%`;
  }
  return `${groupDigits(`${isZero ? "" : sign}${percentWhole}${kept ? `.${kept}` : ""}`)}${UNIT_SPACE}%`;
}
