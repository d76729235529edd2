import { Agent, type IncomingMessage, request as plainRequest } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import type { HttpAnswer } from "./app-reply";

/** A request to an app. */
export type AppRequest = {
  readonly method: "POST" | "PUT";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What became of a request: an answer, or why there is none. `delivered` is false when the app cannot have seen the request. */
export type SendResult =
  | { readonly kind: "answered"; readonly answer: HttpAnswer }
  | { readonly kind: "failed"; readonly delivered: boolean; readonly message: string };

const neverConnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"]);
const maxAnswerBytes = 64 * 1024 * 1024;

/** Sends requests to apps over kept-alive connections. Redirects are not followed. */
export function createSender(): {
  send(request: AppRequest, timeoutMs: number, signal?: AbortSignal): Promise<SendResult>;
  close(): void;
} {
  const plain = new Agent({ keepAlive: true, maxFreeSockets: 16 });
  const tls = new TlsAgent({ keepAlive: true, maxFreeSockets: 16 });

  function send(request: AppRequest, timeoutMs: number, signal?: AbortSignal): Promise<SendResult> {
    return new Promise((resolve) => {
      const url = new URL(request.url);
      const isTls = url.protocol === "https:";
      const outgoing = (isTls ? tlsRequest : plainRequest)(url, {
        method: request.method,
        agent: isTls ? tls : plain,
        headers: { ...request.headers, "content-length": String(Buffer.byteLength(request.body)) },
        ...(signal ? { signal } : {}),
      });
      const timer = setTimeout(() => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
      const fail = (error: NodeJS.ErrnoException): void => {
        clearTimeout(timer);
        const delivered = !(error.code !== undefined && neverConnected.has(error.code));
        resolve({
          kind: "failed",
          delivered,
          message: `${request.method} ${url.origin}${url.pathname}: ${error.message || error.code}`,
        });
      };
      outgoing.on("error", fail);
      outgoing.on("socket", (socket) => socket.setKeepAlive(true, 10_000));
      outgoing.on("response", (incoming) => {
        readWhole(incoming).then((answer) => {
          clearTimeout(timer);
          resolve({ kind: "answered", answer });
        }, fail);
      });
      outgoing.end(request.body);
    });
  }

  return {
    send,
    close: () => {
      plain.destroy();
      tls.destroy();
    },
  };
}

async function readWhole(incoming: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of incoming) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxAnswerBytes) throw new Error(`the answer is larger than ${maxAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  if (!incoming.complete) throw new Error("the answer broke off");
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  return { status: incoming.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString("utf8") };
}
