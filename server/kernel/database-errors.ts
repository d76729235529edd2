/** Codes of postgres.js and of the system when the server cannot be reached or the connection is gone. */
const CONNECTION_CODES = new Set([
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);
/** PostgreSQL manual, appendix A: 57014 statement timed out, 57P01-57P03 shut down or starting, 53300 too many connections, class 08 connection exceptions. */
const SERVER_CODES = new Set([
  "57014",
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "08000",
  "08001",
  "08003",
  "08004",
  "08006",
]);

/**
 * Whether the database did not answer, as far as its driver says. Both postgres.js and Drizzle put the `query` on their errors, which tells
 * them from a socket error of some other client.
 */
export function isDatabaseUnavailable(thrown: unknown): boolean {
  let fromDriver = false;
  let current: unknown = thrown;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    fromDriver ||= "query" in current || current.message.startsWith("write CONN");
    if ("code" in current && typeof current.code === "string") {
      if (fromDriver && (SERVER_CODES.has(current.code) || CONNECTION_CODES.has(current.code))) return true;
    }
    current = current.cause;
  }
  return false;
}
