import type { IncomingMessage } from "node:http";

/** A request that cannot be served, with the HTTP status to say so. */
export class RequestRefused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

// Bytes that are no UTF-8 are refused, never rewritten and kept.
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Reads a JSON body of at most `maxBytes`. Throws RequestRefused with 413 or 400. */
export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) throw new RequestRefused(413, `the request body is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(utf8.decode(Buffer.concat(chunks)));
  } catch (thrown) {
    const words = thrown instanceof SyntaxError ? "not JSON" : "not valid UTF-8";
    throw new RequestRefused(400, `the request body is ${words}`);
  }
}
