import { createServer, request as forward } from "node:http";

/** Something between us and a chain's REST: passes everything on, and on demand lets the answer to a broadcast get lost on its way back. */
export type LossyRest = {
  readonly url: string;
  /** Broadcasts that reached the chain. */
  broadcasts(): number;
  loseBroadcastAnswers(isLosing: boolean): void;
  close(): Promise<void>;
};

const BROADCAST = "/cosmos/tx/v1beta1/txs";

/** Starts one in front of the given REST address. */
export async function createLossyRest(targetUrl: string): Promise<LossyRest> {
  const target = new URL(targetUrl);
  let isLosing = false;
  let broadcasts = 0;
  const server = createServer((incoming, outgoing) => {
    const isBroadcast = incoming.method === "POST" && incoming.url === BROADCAST;
    const upstream = forward(
      {
        host: target.hostname,
        port: target.port,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, host: target.host },
      },
      (answer) => {
        if (isBroadcast) broadcasts += 1;
        if (isBroadcast && isLosing) {
          answer.resume().on("end", () => incoming.socket.destroy());
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    upstream.on("error", () => outgoing.destroy());
    incoming.pipe(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    url: `http://127.0.0.1:${address.port}`,
    broadcasts: () => broadcasts,
    loseBroadcastAnswers: (next) => {
      isLosing = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
