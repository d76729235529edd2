/** Signs at which a spreadsheet begins to compute, in either width; OWASP, "CSV Injection". Spaces before them do not stop it. */
const COMPUTES = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** Where a spreadsheet that parts cells at semicolons or tabs would begin another one that computes. */
const COMPUTES_WITHIN = /([;\t][\s"]*)(?=[=+\-@＝＋－＠])/g;

/** Text after which a cell is read as words. */
const AS_WORDS = "'";

function cell(text: string): string {
  const within = text.replace(COMPUTES_WITHIN, `$1${AS_WORDS}`);
  const safe = COMPUTES.test(text) && !PLAIN_NUMBER.test(text) ? `${AS_WORDS}${within}` : within;
  return `"${safe.replaceAll('"', '""')}"`;
}

/**
 * One line of CSV (RFC 4180: CRLF, every cell quoted). A cell that a spreadsheet would run as a formula gets an apostrophe before it, plain
 * numbers excepted.
 */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(",")}\r\n`;

/** A whole table as CSV, by the rule of {@link csvLine}. */
export const toCsv = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, ...rows].map(csvLine).join("");
