import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { handleApiRequest } from "@/server/http/handle-api-request";
import { handleUnmatchedRequest } from "@/server/http/handle-unmatched-request";
import { guardEveryRequest, REFUSED_PATH } from "@/server/http/incoming";

const STREAM_MS = 300;

/** REST v1 of this process's runtime as the product serves it: guarded before it is read, and streamed as it comes. */
export async function serve(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const stopGuarding = guardEveryRequest({ publicUrl: "http://localhost:3000", isDevelopment: false });
  const answerTo = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
    const { method = "GET", url = "/" } = incoming;
    const hasBody = method !== "GET" && method !== "HEAD";
    const gone = new AbortController();
    outgoing.once("close", () => gone.abort());
    const request = new Request(new URL(url, "http://127.0.0.1"), {
      method,
      headers,
      signal: gone.signal,
      ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" } : {}),
    } as RequestInit);
    const answer = await (url === REFUSED_PATH ? handleUnmatchedRequest(request) : handleApiRequest(request));
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    // Whoever asks for anything waits for no news; how a stream goes on is tested elsewhere.
    if (answer.headers.get("content-type")?.startsWith("text/event-stream")) {
      setTimeout(() => outgoing.end(), STREAM_MS);
      await answer.body?.pipeTo(Writable.toWeb(outgoing)).catch(() => undefined);
    } else if (answer.body === null) outgoing.end();
    else await pipeline(Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]), outgoing);
  };
  const server = createServer((incoming, outgoing) => {
    answerTo(incoming, outgoing).catch((thrown: Error) => outgoing.destroy(thrown));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        stopGuarding();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
