import { createServer, type Server, type ServerResponse } from "node:http";
import type { Logger } from "@/server/kernel/logger";
import { isDatabaseAbsent } from "../state/database";
import { RequestRefused } from "./read-body";
import { type RouteAnswer, type RouteContext, serveRoute } from "./routes";

/** The HTTP side of the engine. `active` is undefined while another engine holds the database. */
export type EngineServer = {
  readonly url: string;
  setActive(context: RouteContext | undefined): void;
  close(): Promise<void>;
};

/** Listens at once and answers 503 until it is given an active engine. Port 0 takes a free one. */
export async function startServer(host: string, port: number, logger: Logger): Promise<EngineServer> {
  let active: RouteContext | undefined;
  const server = createServer((request, response) => {
    const respond = async (): Promise<RouteAnswer> => {
      if (request.method === "GET" && request.url === "/health") {
        return { status: 200, body: { status: active === undefined ? "standby" : "active" } };
      }
      if (active === undefined) {
        return {
          status: 503,
          body: { error: "this engine is on standby: another one is active on the same database", status: 503 },
        };
      }
      return serveRoute(active, request);
    };
    respond()
      .catch((error: unknown): RouteAnswer => {
        if (error instanceof RequestRefused)
          return { status: error.status, body: { error: error.message, status: error.status } };
        logger.error({ err: error, path: request.url?.split("?")[0]?.split("/", 3)[1] }, "engine.request.failed");
        const status = isDatabaseAbsent(error) ? 503 : 500;
        return { status, body: { error: "the engine could not serve this request; its log says why", status } };
      })
      .then((answer) => {
        if (active === undefined) response.setHeader("connection", "close");
        write(response, answer);
      })
      .catch((error: unknown) => logger.warn({ err: error }, "engine.answer.failed"));
  });
  // The SDK's fetch reuses connections; closing idle ones late makes fewer of them break under a request.
  server.keepAliveTimeout = 65_000;
  await listen(server, host, port);
  const address = server.address();
  const boundPort = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${boundPort}`,
    setActive: (context) => {
      active = context;
      // Behind a balancer, a connection that stays leads its client back here, and every request on it is refused; a new one leads to the successor.
      if (context === undefined) server.closeIdleConnections();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function write(response: ServerResponse, answer: RouteAnswer): void {
  const body = answer.body === undefined ? "" : JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "x-inngest-server-kind": "cloud",
  });
  response.end(body);
}
