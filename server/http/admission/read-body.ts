import { invalid } from "@/server/kernel/errors";
import { parseJson } from "./parse-json";

/** What came in a body: its bytes, and what they are as one JSON object where that was asked for. */
export type Body = {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
};

export const NO_BODY: Body = { bytes: new Uint8Array(), text: "", json: {} };

const tooLarge = (maxBytes: number) =>
  invalid("http.body_too_large", `The body is larger than ${maxBytes} bytes. Send less in one request.`, {
    details: { maxBytes },
  });

/**
 * The body's bytes, counted while they arrive, so that a lying or missing Content-Length costs no memory. What is left unread is not cancelled:
 * that would cut the connection before the answer is out.
 * @throws invalid http.body_too_large (413), http.unsupported_encoding (415)
 */
export async function readBodyBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const encoding = request.headers.get("content-encoding");
  if (encoding !== null && encoding.toLowerCase() !== "identity") {
    throw invalid("http.unsupported_encoding", "The body must not be compressed. Send it without Content-Encoding.");
  }
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if (request.body === null) return NO_BODY.bytes;
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw invalid("http.body_broken", "The body broke off before its end. Send the request again.", { cause });
    });
    if (done) return Buffer.concat(chunks);
    sizeBytes += value.byteLength;
    if (sizeBytes > maxBytes) throw tooLarge(maxBytes);
    chunks.push(value);
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The bytes as text, never rewritten. @throws invalid http.body_not_utf8 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw invalid("http.body_not_utf8", "The body is not valid UTF-8. Encode it as UTF-8 and send it again.", {
      cause,
    });
  }
}

const isJson = (headers: Headers): boolean => /^application\/json\s*(;|$)/i.test(headers.get("content-type") ?? "");

/**
 * The one JSON object in the body; an empty body is an empty object.
 * @throws invalid http.unsupported_media_type (415), http.body_not_utf8, http.body_not_json and what `readBodyBytes` throws
 */
export async function readJsonBody(request: Request, maxBytes: number): Promise<Body> {
  const bytes = await readBodyBytes(request, maxBytes);
  if (bytes.byteLength === 0) return NO_BODY;
  if (!isJson(request.headers)) {
    throw invalid("http.unsupported_media_type", "The body must be JSON. Send it with Content-Type: application/json.");
  }
  const text = decodeText(bytes);
  const value = parseJson(text);
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw invalid("http.body_not_json", "The body must be one JSON object.");
  }
  return { bytes, text, json: value as Record<string, unknown> };
}
