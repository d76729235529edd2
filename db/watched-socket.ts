import { connect, type Socket } from "node:net";

/** Whether the bytes end with ReadyForQuery, after which the server owes nothing (PostgreSQL manual, 54.7: `Z`, length 5, state). */
const endsWithReady = (bytes: Buffer): boolean =>
  bytes.length >= 6 && bytes[bytes.length - 6] === 0x5a && bytes.readInt32BE(bytes.length - 5) === 5;

type Watched = { readonly socket: Socket; lastHeardAt: number };

/** Where to connect, as `node:net` takes it. */
export type SocketTarget = { readonly path: string } | { readonly host: string; readonly port: number };

/**
 * Makes the sockets of one pool. One that is owed an answer and hears nothing for `silenceMs` gives itself up, and with it all of the pool that
 * have heard nothing since that answer fell due: when the way to the server is gone without a word (half-open), the idle ones are as dead, and
 * would otherwise be found out one by one, each at the price of a request.
 */
export function createSocketWatch(silenceMs: number): (target: SocketTarget) => Socket {
  const pool = new Set<Watched>();
  const giveUp = (silent: Watched, owedSince: number) => {
    silent.socket.destroy(Object.assign(new Error("the database fell silent"), { code: "ETIMEDOUT" }));
    for (const other of pool) if (other !== silent && other.lastHeardAt <= owedSince) other.socket.destroy();
  };
  return (target) => {
    const socket = connect(target);
    const watched: Watched = { socket, lastHeardAt: Date.now() };
    pool.add(watched);
    let timer: NodeJS.Timeout | undefined;
    const disarm = () => {
      clearTimeout(timer);
      timer = undefined;
    };
    const arm = () => {
      clearTimeout(timer);
      const owedSince = Date.now();
      timer = setTimeout(() => giveUp(watched, owedSince), silenceMs);
      timer.unref();
    };
    const write = socket.write.bind(socket) as Socket["write"];
    socket.write = ((...given: Parameters<Socket["write"]>) => {
      if (timer === undefined) arm();
      return write(...given);
    }) as Socket["write"];
    socket.on("data", (bytes: Buffer) => {
      watched.lastHeardAt = Date.now();
      // Notifications come unasked and owe nothing.
      if (timer === undefined) return;
      if (endsWithReady(bytes)) disarm();
      else arm();
    });
    socket.on("close", () => {
      disarm();
      pool.delete(watched);
    });
    return socket;
  };
}
