import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { insertOutboxEvent } from "@/server/kernel/outbox";
import type { SendEvents } from "@/server/processes/relay/relay-pass";
import { newRelayState, relayHealth, runRelay } from "@/server/processes/relay/run-relay";
import { dataOf, openEngineBench } from "../../support/engine/bench";
import { awaitEnded, runsOf } from "../../support/engine/runs";
import { testEventKey, testSigningKey } from "../../support/engine/test-app";
import { eventually } from "../../support/eventually";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

/* The embedded engine only: it is away for a while. The outbox and its relay are the product's own. */
const bench = await openEngineBench("outbox");
const { client, event, note, seen } = bench;
let runtime: TestRuntime;
let send: SendEvents;
/** A relay as the process runs it; `stop` ends it as SIGTERM would. */
function startRelay() {
  const stop = new AbortController();
  const state = newRelayState();
  const { db, databaseUrl, notifications, logger } = runtime;
  const pace = { pollMs: 200, standbyMs: 50, firstPauseMs: 100, longestPauseMs: 500 };
  const done = runRelay({ db, databaseUrl, notifications, logger, signal: stop.signal, send, state, pace });
  const end = async () => {
    stop.abort();
    await done;
  };
  running.push(end);
  return { state, stop: end };
}
const running: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(running.splice(0).map((stop) => stop())));

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
  send = (await import("@/inngest/client")).sendEvents;
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
    // Two at once, as two machines may run: one works, the other stands by.
    const relays = [startRelay(), startRelay()];
    await eventually("the outbox says why nothing leaves", async () => {
      const [row] = await runtime.db.execute<{ last_error: string }>(
        sql`select last_error from outbox_events where last_error is not null limit 1`,
      );
      return row?.last_error !== undefined;
    });
    expect(await unsent()).toBe(numbers.length);
    expect(relays.filter(({ state }) => state.isActive)).toHaveLength(1);
    const [active] = relays.filter(({ state }) => state.isActive);
    await eventually("its health says how much waits", async () => active?.state.backlog.count === numbers.length);
    expect(active && relayHealth(active.state)).toMatchObject({
      status: "degraded",
      reason: expect.stringMatching(/^The job engine takes no events: 250 wait, the oldest for \d+ s\.$/),
    });

    await bench.startEngine();
    await awaitEnded(bench.sql, functionId, numbers.length, 60_000);
    expect(dataOf(seen("received")).sort((a, b) => Number(a) - Number(b))).toEqual(numbers);
    await eventually("all are marked", async () => (await unsent()) === 0);
    expect(relays.map(({ state }) => state.sentCount).sort((a, b) => a - b)).toEqual([0, numbers.length]);
    expect(active && relayHealth(active.state)).toEqual({ status: "ok", reason: null });
  });

  it("takes no event again that was sent before it and not marked, also after its run has ended", async () => {
    await runtime.db.execute(sql`update outbox_events set sent_at = null, claimed_at = null`);
    await write([1_000]);
    startRelay();
    await eventually("all are marked", async () => (await unsent()) === 0);
    await awaitEnded(bench.sql, functionId, numbers.length + 1);
    expect(await runsOf(bench.sql, functionId)).toHaveLength(numbers.length + 1);
    expect(seen("received")).toHaveLength(numbers.length + 1);
  });
});
