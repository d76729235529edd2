import { randomBytes } from "node:crypto";
import type { Inngest, InngestFunction } from "inngest";
import { createEmptyDatabase } from "../database";
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
  serve(functions: InngestFunction.Any[]): Promise<void>;
  close(): Promise<void>;
};

/** Opens a bench; `serve` must follow before events are sent. */
export async function openBench(name: string): Promise<Bench> {
  const configured = process.env.INNGEST_BASE_URL;
  const appId = `${name}-${randomBytes(4).toString("hex")}`;
  const database = configured ? undefined : await createEmptyDatabase();
  const engine = database && (await startTestEngine(database.url));
  const client = createTestClient(appId, configured ?? engine?.url ?? "");
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
    awaitSeen: (what, count = 1, limitMs = 30_000) =>
      until(`${count} of "${what}"`, () => (seen(what).length >= count ? seen(what) : undefined), limitMs),
    serve: async (functions) => {
      app = await startTestApp(client, functions);
      const answer = await app.register();
      if (answer.status !== 200) throw new Error(`the app was not registered: ${answer.message}`);
    },
    close: async () => {
      await engine?.stop();
      await app?.stop();
      await database?.drop();
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
