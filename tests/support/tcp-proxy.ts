import { connect, createServer, type Server, type Socket } from "node:net";

/** A door in front of a port that can be shut: connections are cut and new ones refused until it is opened again. */
export type TcpProxy = { readonly port: number; shut(): Promise<void>; open(): Promise<void>; close(): Promise<void> };

/** Starts one in front of a port of this machine. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    return socket;
  };
  const make = () =>
    createServer((incoming) => {
      const outgoing = keep(connect(targetPort, "127.0.0.1"));
      keep(incoming).pipe(outgoing).pipe(incoming);
      incoming.on("close", () => outgoing.destroy());
      outgoing.on("close", () => incoming.destroy());
    });
  const listen = (server: Server, port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        const address = server.address();
        if (address === null || typeof address === "string") reject(new Error("no port was given"));
        else resolve(address.port);
      });
    });
  let server = make();
  const port = await listen(server, 0);
  const shut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    port,
    shut,
    open: async () => {
      server = make();
      await listen(server, port);
    },
    close: async () => {
      if (server.listening) await shut();
    },
  };
}
