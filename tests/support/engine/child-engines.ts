import postgres, { type Sql } from "postgres";
import { createEmptyDatabase } from "../database";
import { freePort } from "../free-port";
import { engineState, startBalancer } from "./balancer";
import { type Bench, createBench } from "./bench";
import { bundleChildren, type Child } from "./child-process";
import { testEventKey, testSigningKey } from "./test-app";
import { until } from "./until";

/** An engine in a process of its own, which can be killed and started again at its port. */
export type MortalEngine = {
  state(): Promise<"active" | "standby" | "gone">;
  kill(): Promise<void>;
  start(): Promise<void>;
};

/** A bench whose engines are processes over one database, behind one address that leads to the active one. The app is in this process. */
export type ChildBench = Bench & { readonly sql: Sql; readonly engines: readonly MortalEngine[] };

/** Starts so many engines, the first of them active. */
export async function openChildBench(name: string, engineCount: number): Promise<ChildBench> {
  const database = await createEmptyDatabase();
  const sql = postgres(database.url, { max: 4, onnotice: () => {} });
  const start = await bundleChildren(["engine"]);
  const ports: number[] = [];
  const engines: MortalEngine[] = [];
  for (let count = 0; count < engineCount; count += 1) {
    const port = await freePort();
    ports.push(port);
    const engine = createMortalEngine(port, () =>
      start("engine", {
        DATABASE_URL: database.url,
        ENGINE_PORT: String(port),
        EVENT_KEY: testEventKey,
        SIGNING_KEY: testSigningKey,
      }),
    );
    await engine.start();
    engines.push(engine);
  }
  await until("the first engine to be active", async () =>
    ports[0] !== undefined && (await engineState(ports[0])) === "active" ? true : undefined,
  );
  const balancer = await startBalancer(ports);
  const bench = createBench(name, balancer.url, async () => {
    await Promise.all(engines.map((engine) => engine.kill()));
    await balancer.close();
    await sql.end();
    await database.drop();
  });
  return { ...bench, sql, engines };
}

function createMortalEngine(port: number, spawn: () => Promise<Child>): MortalEngine {
  let child: Child | undefined;
  return {
    state: () => engineState(port),
    kill: async () => {
      await child?.signal("SIGKILL");
      child = undefined;
    },
    start: async () => {
      child = await spawn();
    },
  };
}
