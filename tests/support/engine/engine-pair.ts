import { connect, createServer, type Socket } from "node:net";
import postgres, { type Sql } from "postgres";
import type { Engine } from "@/inngest/engine";
import { createEmptyDatabase } from "../database";
import { freePort } from "../free-port";
import { startBalancer } from "./balancer";
import { type Bench, createBench } from "./bench";
import { startTestEngine } from "./test-engine";

/** An engine of this process, and its own way to the database. */
export type PairedEngine = Engine & {
  /** Lets the engine make no new connection to the database; those that it has go on. */
  shutDoor(): void;
  openDoor(): Promise<void>;
};

/** A bench whose two engines run in this process over one database, behind one address that leads to the active one; the first begins as active. */
export type PairBench = Bench & { readonly sql: Sql; readonly engines: readonly [PairedEngine, PairedEngine] };

/** Opens it. No lease runs out in it: an engine that merely lost its lock goes on with the calls that it had begun. */
export async function openEnginePair(name: string): Promise<PairBench> {
  const database = await createEmptyDatabase();
  const sql = postgres(database.url, { max: 4, onnotice: () => {} });
  const first = await startPairedEngine(database.url);
  const second = await startPairedEngine(database.url);
  const balancer = await startBalancer([first, second].map((engine) => Number(new URL(engine.url).port)));
  const bench = createBench(name, balancer.url, async () => {
    await Promise.all([first.stop(), second.stop()]);
    await balancer.close();
    await sql.end();
    await database.drop();
  });
  return { ...bench, sql, engines: [first, second] };
}

async function startPairedEngine(databaseUrl: string): Promise<PairedEngine> {
  const door = await createDoor(databaseUrl);
  const engine = await startTestEngine(door.url, { port: await freePort(), settings: { leaseMs: 60_000 } });
  return {
    ...engine,
    shutDoor: door.shut,
    openDoor: door.open,
    stop: async () => {
      await engine.stop();
      door.shut();
    },
  };
}

async function createDoor(databaseUrl: string): Promise<{ url: string; shut(): void; open(): Promise<void> }> {
  const target = new URL(databaseUrl);
  const port = await freePort();
  const pass = (from: Socket, to: Socket): void => {
    from.pipe(to);
    from.on("error", () => to.destroy());
    from.on("close", () => to.destroy());
  };
  const server = createServer((incoming) => {
    const outgoing = connect(Number(target.port), target.hostname);
    pass(incoming, outgoing);
    pass(outgoing, incoming);
  });
  const open = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        server.off("error", reject);
        resolve();
      });
    });
  await open();
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  // Closing a server ends its listening alone; what it has accepted stays.
  return { url: url.toString(), shut: () => server.close(), open };
}
