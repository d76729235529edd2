import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { insertOutboxEvent } from "@/server/kernel/outbox";
import { dataOf, openEngineBench } from "../../support/engine/bench";
import { awaitEnded, runsOf } from "../../support/engine/runs";
import { testEventKey, testSigningKey } from "../../support/engine/test-app";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

/* The embedded engine only: it is away for a while. The outbox and its relay are the product's own. */
const bench = await openEngineBench("outbox");
const { client, event, note, seen } = bench;
let runtime: TestRuntime;
let relay: () => Promise<number>;

const received = client.createFunction({ id: "received", triggers: { event: event("written") } }, ({ event: sent }) =>
  note("received", sent.data.n),
);

beforeAll(async () => {
  runtime = await createTestRuntime();
  vi.stubEnv("DATABASE_URL", runtime.databaseUrl);
  vi.stubEnv("AUTH_SECRET", runtime.settings.authSecret);
  vi.stubEnv("METRICS_TOKEN", runtime.settings.metricsToken);
  vi.stubEnv("SECRETS_KEK_BASE64", Buffer.alloc(32, 7).toString("base64"));
  vi.stubEnv("INNGEST_BASE_URL", "");
  vi.stubEnv("INNGEST_EVENT_KEY", testEventKey);
  vi.stubEnv("INNGEST_SIGNING_KEY", testSigningKey);
  vi.stubEnv("ENGINE_URL", bench.engineUrl);
  // The relay's client reads its settings as it is loaded.
  const { relayOutbox } = await import("@/inngest/relay-outbox");
  relay = () => relayOutbox(runtime.db, runtime.logger);
  await bench.serve([received]);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await bench.close();
  await runtime.close();
});

async function write(numbers: readonly number[]): Promise<void> {
  await runtime.db.transaction(async (tx) => {
    for (const n of numbers) {
      await insertOutboxEvent(tx, { name: event("written"), data: { n } }, new Date());
    }
  });
}
const unsent = async (): Promise<number> => {
  const rows = await runtime.db.execute<{ count: number }>(
    sql`select count(*)::int as count from outbox_events where sent_at is null`,
  );
  return rows[0]?.count ?? -1;
};
const functionId = `${bench.appId}-received`;
const numbers = Array.from({ length: 250 }, (_, n) => n);

describe("an engine that is away", () => {
  it("leaves the events in the outbox, with the reason, and takes each of them once when it is back", async () => {
    await bench.stopEngine();
    await write(numbers);
    expect(await relay()).toBe(0);
    const [row] = await runtime.db.execute<{ last_error: string }>(
      sql`select last_error from outbox_events where last_error is not null limit 1`,
    );
    expect(row?.last_error).toEqual(expect.any(String));
    expect(await unsent()).toBe(numbers.length);

    await bench.startEngine();
    // Two at once, as the nudge after a commit and the relay of the minute may be.
    const sent = await Promise.all([relay(), relay()]);
    expect(sent[0] + sent[1]).toBe(numbers.length);
    await awaitEnded(bench.sql, functionId, numbers.length, 60_000);
    expect(dataOf(seen("received")).sort((a, b) => Number(a) - Number(b))).toEqual(numbers);
    expect(await unsent()).toBe(0);
  });

  it("takes no event again that was sent before it and not marked, also after its run has ended", async () => {
    await runtime.db.execute(sql`update outbox_events set sent_at = null, claimed_at = null`);
    await write([1_000]);
    expect(await relay()).toBe(numbers.length + 1);
    await awaitEnded(bench.sql, functionId, numbers.length + 1);
    expect(await runsOf(bench.sql, functionId)).toHaveLength(numbers.length + 1);
    expect(seen("received")).toHaveLength(numbers.length + 1);
    expect(await unsent()).toBe(0);
  });
});
