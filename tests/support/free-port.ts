import { createServer } from "node:net";

/* Below the range from which the system gives ports to outgoing connections: one of those took the port of a process that was down. */
const LOWEST_PORT = 12_000;
const PORT_COUNT = 8_000;

/** What was given here before may not be listened on yet. */
const given = new Set<number>();

/** A port that nothing listened on a moment ago, that nobody is given by chance while its process is down, and that was not given here before. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST_PORT + Math.floor(Math.random() * PORT_COUNT);
    if (given.has(port)) continue;
    given.add(port);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise<void>((resolve) => server.close(() => resolve()));
    return port;
  }
}
