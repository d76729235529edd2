import { randomBytes } from "node:crypto";
import type { Inngest, InngestFunction } from "inngest";
import postgres, { type Sql } from "postgres";
import { vi } from "vitest";
import type { Engine, EngineOptions } from "@/inngest/engine";
import { createEmptyDatabase } from "../database";
import { freePort } from "../free-port";
import { createTestClient, startTestApp, type TestApp } from "./test-app";
import { startTestEngine } from "./test-engine";
import { until } from "./until";

/** Something that a function under test noted, and when, in Unix milliseconds. */
export type Sighting = { readonly data: unknown; readonly at: number };

/**
 * A server, an app and what its functions saw. The server is the one of INNGEST_BASE_URL when that is set, otherwise an embedded engine over a
 * database of its own; a suite that uses only this knows no difference.
 */
export type Bench = {
  readonly client: Inngest;
  readonly appId: string;
  /** An event name of this bench alone, since a real server is shared. */
  event(name: string): string;
  send(name: string, data: Record<string, unknown>, more?: { id?: string }): Promise<string[]>;
  note(what: string, data?: unknown): void;
  seen(what: string): readonly Sighting[];
  /** Waits until there are at least so many sightings. */
  awaitSeen(what: string, count?: number, limitMs?: number): Promise<readonly Sighting[]>;
  /** Serves these functions and registers them; called again, they replace the former ones at the same address. */
  serve(functions: InngestFunction.Any[]): Promise<void>;
  stopServing(): Promise<void>;
  /** Breaks every connection to the app, under whatever answers on it. */
  breakConnections(): void;
  close(): Promise<void>;
};

/** A real server waits 15 to 45 s before an attempt, and a whole suite shares it. */
const isRealServer = Boolean(process.env.INNGEST_BASE_URL);
const PATIENCE_MS = isRealServer ? 180_000 : 30_000;
if (isRealServer) vi.setConfig({ testTimeout: 600_000, hookTimeout: 120_000 });

/** Opens a bench over the configured server or an engine of its own; `serve` must follow before events are sent. */
export async function openBench(name: string): Promise<Bench> {
  const configured = process.env.INNGEST_BASE_URL;
  if (configured) return createBench(name, configured, async () => {});
  return openEngineBench(name);
}

/** A bench whose server is always an embedded engine, which can be looked into and restarted. */
export type EngineBench = Bench & {
  readonly sql: Sql;
  readonly databaseUrl: string;
  readonly engineUrl: string;
  engine(): Engine;
  stopEngine(): Promise<void>;
  /** Starts the engine again, on the address that it had. */
  startEngine(): Promise<void>;
};

/** Opens a bench over an embedded engine with the given options. */
export async function openEngineBench(name: string, options: Partial<EngineOptions> = {}): Promise<EngineBench> {
  const database = await createEmptyDatabase();
  const sql = postgres(database.url, { max: 4, onnotice: () => {} });
  // Not a port by the system's choice: while the engine is stopped, an outgoing connection may be given that one.
  let engine = await startTestEngine(database.url, { port: await freePort(), ...options });
  let isRunning = true;
  const { url } = engine;
  const stopEngine = async (): Promise<void> => {
    if (isRunning) await engine.stop();
    isRunning = false;
  };
  const bench = createBench(name, url, async () => {
    await stopEngine();
    await sql.end();
    await database.drop();
  });
  return {
    ...bench,
    sql,
    databaseUrl: database.url,
    engineUrl: url,
    engine: () => engine,
    stopEngine,
    startEngine: async () => {
      engine = await startTestEngine(database.url, { ...options, port: Number(new URL(url).port) });
      isRunning = true;
    },
  };
}

/** A bench over the server at an address; `closeServer` is called before the app stops. */
export function createBench(name: string, baseUrl: string, closeServer: () => Promise<void>): Bench {
  const appId = `${name}-${randomBytes(4).toString("hex")}`;
  const client = createTestClient(appId, baseUrl);
  const sightings = new Map<string, Sighting[]>();
  let app: TestApp | undefined;
  const event = (local: string): string => `${appId}/${local}`;
  const seen = (what: string): readonly Sighting[] => sightings.get(what) ?? [];
  return {
    client,
    appId,
    event,
    seen,
    send: async (local, data, more) => (await client.send({ name: event(local), data, ...more })).ids,
    note: (what, data) => {
      sightings.set(what, [...seen(what), { data, at: Date.now() }]);
    },
    awaitSeen: (what, count = 1, limitMs = PATIENCE_MS) =>
      until(`${count} of "${what}"`, () => (seen(what).length >= count ? seen(what) : undefined), limitMs),
    serve: async (functions) => {
      await app?.stop();
      app = await startTestApp(client, functions, app === undefined ? await freePort() : Number(new URL(app.url).port));
      const answer = await app.register();
      if (answer.status !== 200) throw new Error(`the app was not registered: ${answer.message}`);
    },
    stopServing: async () => {
      await app?.stop();
    },
    breakConnections: () => app?.breakConnections(),
    close: async () => {
      await closeServer();
      await app?.stop();
    },
  };
}

/** What was noted, without the times. */
export function dataOf(sightings: readonly Sighting[]): unknown[] {
  return sightings.map((sighting) => sighting.data);
}

/** Work that takes a while inside a step. */
export function work(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
