import { invalid } from "@/server/kernel/errors";

/** Largest request body, in bytes. */
export const MAX_BODY_BYTES = 1_048_576;

const tooLarge = () =>
  invalid("http.body_too_large", `The body is larger than ${MAX_BODY_BYTES} bytes. Send less in one request.`, {
    details: { maxBytes: MAX_BODY_BYTES },
  });

/** The body's bytes, counted while they arrive, so that a lying Content-Length costs no memory. @throws invalid http.body_too_large (413) */
export async function readBodyBytes(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    sizeBytes += value.byteLength;
    if (sizeBytes > MAX_BODY_BYTES) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

/** Whether the request says that its body is JSON. */
export const isJson = (headers: Headers): boolean =>
  /^application\/json\s*(;|$)/i.test(headers.get("content-type") ?? "");

/**
 * The JSON object in the body; an empty body is an empty object.
 * @throws invalid http.unsupported_media_type (415), http.body_too_large (413), http.body_not_json
 */
export async function readJsonObject(request: Request): Promise<{ text: string; value: Record<string, unknown> }> {
  const bytes = await readBodyBytes(request);
  if (bytes.byteLength === 0) return { text: "", value: {} };
  if (!isJson(request.headers)) {
    throw invalid("http.unsupported_media_type", "The body must be JSON. Send it with Content-Type: application/json.");
  }
  const text = Buffer.from(bytes).toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid("http.body_not_json", "The body is not valid JSON. Check its quotes and commas.", { cause });
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw invalid("http.body_not_json", "The body must be one JSON object.");
  }
  return { text, value: value as Record<string, unknown> };
}
