/** Signs at which a spreadsheet begins to compute; OWASP, "CSV Injection". */
const COMPUTES = /^[=+\-@\t\r]/;
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/;

/**
 * Writes a table as CSV (RFC 4180: CRLF, every field quoted). A field that a spreadsheet would run as a formula gets an
 * apostrophe before it, plain numbers excepted.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function field(text: string): string {
  const safe = COMPUTES.test(text.trimStart()) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
