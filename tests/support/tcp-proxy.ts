import { connect, createServer, type Socket } from "node:net";

/**
 * What lies between a client and a server: `pass` forwards; `refuse` closes everything and takes no new connection; `swallow` keeps connections
 * open and forwards nothing (half-open); `delayMs` holds each packet back.
 */
export type TcpProxy = {
  readonly port: number;
  pass(): Promise<void>;
  refuse(): Promise<void>;
  /** From now on nothing passes on connections that exist; with `newToo` also not on later ones. */
  swallow(options: { newToo: boolean }): void;
  delay(delayMs: number): void;
  close(): Promise<void>;
};

/** A proxy on a free loopback port in front of the target. */
export async function createTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const pairs = new Set<{ client: Socket; upstream: Socket; isSwallowed: boolean }>();
  let swallowNew = false;
  let delayMs = 0;
  const server = createServer((client) => {
    const upstream = connect(target.port, target.host);
    const pair = { client, upstream, isSwallowed: swallowNew };
    pairs.add(pair);
    const forward = (to: Socket) => (bytes: Buffer) => {
      if (pair.isSwallowed) return;
      if (delayMs === 0) to.write(bytes);
      else setTimeout(() => to.destroyed || to.write(bytes), delayMs);
    };
    client.on("data", forward(upstream));
    upstream.on("data", forward(client));
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      // The server must not hear that its client of a swallowed connection is gone.
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      socket.on("error", end);
      socket.on("close", end);
    }
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => resolve());
    });
  const stop = () =>
    new Promise<void>((resolve) => {
      for (const { client } of pairs) client.destroy();
      server.close(() => resolve());
    });
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const { port } = address;
  return {
    port,
    refuse: async () => stop(),
    pass: async () => {
      swallowNew = false;
      delayMs = 0;
      if (!server.listening) await listen(port);
    },
    swallow: ({ newToo }) => {
      swallowNew = newToo;
      for (const pair of pairs) pair.isSwallowed = true;
    },
    delay: (ms) => {
      delayMs = ms;
    },
    close: async () => {
      if (server.listening) await stop();
    },
  };
}
