import { constants, createGzip } from "node:zlib";

/** Turns one event's text into bytes that the client can read at once. */
export type EventEncoder = { readonly encode: (text: string) => Promise<Uint8Array>; readonly close: () => void };

export function plainEncoder(): EventEncoder {
  const encoder = new TextEncoder();
  return { encode: async (text) => encoder.encode(text), close: () => {} };
}

/** Events resemble one another, so most of each is in the window already; a small window keeps thousands of open streams affordable (about 30 kB each). */
const GZIP = { level: 6, windowBits: 13, memLevel: 5 } as const;

/** One gzip stream for all events, flushed after each. */
export function gzipEncoder(): EventEncoder {
  const gzip = createGzip(GZIP);
  let parts: Buffer[] = [];
  gzip.on("data", (part: Buffer) => parts.push(part));
  // A stream that is closed while it flushes is told so; nobody waits for its bytes.
  gzip.on("error", () => {});
  return {
    encode: (text) =>
      new Promise((resolve) => {
        gzip.write(text);
        gzip.flush(constants.Z_SYNC_FLUSH, () => {
          // What the flush pushed is handed on before the next turn of the loop.
          setImmediate(() => {
            const bytes = Buffer.concat(parts);
            parts = [];
            resolve(new Uint8Array(bytes));
          });
        });
      }),
    close: () => gzip.destroy(),
  };
}

/** Whether the client says that it takes gzip (RFC 9110, 12.5.3), which every browser does. */
export const takesGzip = (headers: Headers): boolean =>
  (headers.get("accept-encoding") ?? "")
    .split(",")
    .some((one) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$)[\d.]+\s*)?$/i.test(one));
