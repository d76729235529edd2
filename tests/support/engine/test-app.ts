import { createServer, type Server } from "node:http";
import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/node";

/** Keys that both sides of a test share. */
export const testEventKey = "test-event-key";
/** See `testEventKey`. */
export const testSigningKey = "signkey-prod-0123456789abcdef0123456789abcdef";

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The unmodified SDK client, pointed at a server. */
export function createTestClient(id: string, baseUrl: string): Inngest {
  return new Inngest({
    id,
    baseUrl,
    eventKey: process.env.INNGEST_EVENT_KEY ?? testEventKey,
    signingKey: process.env.INNGEST_SIGNING_KEY ?? testSigningKey,
    isDev: process.env.INNGEST_DEV === "1",
    logger: quiet,
  });
}

/** An app that serves functions by the SDK's own handler over plain node:http. */
export type TestApp = {
  readonly url: string;
  /** Asks the app to register, as a deployment does. Answers what the SDK answered. */
  register(): Promise<{ status: number; message: string }>;
  breakConnections(): void;
  stop(): Promise<void>;
};

/** Starts an app on a free port, or on the given one. */
export async function startTestApp(client: Inngest, functions: InngestFunction.Any[], port = 0): Promise<TestApp> {
  const handler = serve({ client, functions });
  const server = createServer((request, response) => {
    Promise.resolve(handler(request, response)).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${portOf(server)}/api/inngest`;
  return {
    url,
    register: async () => {
      const response = await fetch(url, { method: "PUT", headers: { connection: "close" } });
      const body = (await response.json()) as { message?: string };
      return { status: response.status, message: body.message ?? "" };
    },
    breakConnections: () => server.closeAllConnections(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the app is not listening");
  return address.port;
}
