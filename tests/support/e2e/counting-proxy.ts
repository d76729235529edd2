import { connect, createServer, type Socket } from "node:net";
import { freePort } from "../free-port";

/** A way to the product that counts what comes through it. */
export type CountingProxy = {
  readonly baseUrl: string;
  /** Bytes that the product has sent so far, heads of answers among them, as they went over the wire. */
  readonly received: () => number;
  /** Bytes that the browser has sent so far. */
  readonly sent: () => number;
  readonly close: () => Promise<void>;
};

/** Passes connections on to the product as they are; a session's cookie holds for it too, since cookies know no ports. */
export async function countingProxy(baseUrl: string): Promise<CountingProxy> {
  const target = new URL(baseUrl);
  const port = await freePort();
  const sockets = new Set<Socket>();
  let received = 0;
  let sent = 0;
  const hold = (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  };
  const server = createServer((client) => {
    const product = connect(Number(target.port), target.hostname);
    hold(client);
    hold(product);
    client.on("data", (bytes) => {
      sent += bytes.length;
      product.write(bytes);
    });
    product.on("data", (bytes) => {
      received += bytes.length;
      client.write(bytes);
    });
    client.on("close", () => product.destroy());
    product.on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, "localhost", resolve));
  return {
    baseUrl: `http://localhost:${port}`,
    received: () => received,
    sent: () => sent,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
