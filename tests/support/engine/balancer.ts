import { connect, createServer, type Socket } from "node:net";

/** One address in front of several engines. */
export type Balancer = { readonly url: string; close(): Promise<void> };

/** Passes each new connection to the engine that says it is active, as a balancer with health checks does; closes it while none is. */
export async function startBalancer(enginePorts: readonly number[]): Promise<Balancer> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  };
  const server = createServer({ pauseOnConnect: true }, (incoming) => {
    keep(incoming);
    findActive(enginePorts)
      .then((port) => {
        if (port === undefined) return incoming.destroy();
        const outgoing = connect(port, "127.0.0.1");
        keep(outgoing);
        outgoing.on("close", () => incoming.destroy());
        incoming.on("close", () => outgoing.destroy());
        return incoming.pipe(outgoing).pipe(incoming);
      })
      .catch(() => incoming.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the balancer is not listening");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function findActive(ports: readonly number[]): Promise<number | undefined> {
  for (const port of ports) {
    const state = await engineState(port);
    if (state === "active") return port;
  }
  return undefined;
}

/** What the engine at a port says of itself; `gone` when nobody answers. */
export async function engineState(port: number): Promise<"active" | "standby" | "gone"> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health`, { headers: { connection: "close" } });
    const body = (await response.json()) as { status: "active" | "standby" };
    return body.status;
  } catch {
    return "gone";
  }
}
