import { createServer } from "node:http";
import { performance } from "node:perf_hooks";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ClaimedEvent, insertOutboxEvent } from "@/server/kernel/outbox";
import { newRelayState, type RelayPace, runRelay } from "@/server/processes/relay/run-relay";
import { bundleProcess } from "../../support/bundled-process";
import { eventually } from "../../support/eventually";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

/* The relay alone: what it sends goes to this test. */
let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
afterAll(() => runtime.close());
beforeEach(() => runtime.db.execute(sql`truncate outbox_events`));

const endings: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(endings.splice(0).map((end) => end())));

const PACE: RelayPace = { pollMs: 60_000, standbyMs: 50, firstPauseMs: 20, longestPauseMs: 100 };

function startRelay(send: (events: readonly ClaimedEvent[]) => Promise<void>, pace: Partial<RelayPace> = {}) {
  const stop = new AbortController();
  const state = newRelayState();
  const { db, databaseUrl, notifications, logger } = runtime;
  const done = runRelay({
    db,
    databaseUrl,
    notifications,
    logger,
    signal: stop.signal,
    send,
    state,
    pace: { ...PACE, ...pace },
  });
  const end = async () => {
    stop.abort();
    await done;
  };
  endings.push(end);
  return { state, stop: end };
}

/** Says the events in one transaction, as a command does. */
const say = (numbers: readonly number[], name = "test/said") =>
  runtime.db.transaction(async (tx) => {
    const now = new Date();
    for (const n of numbers) await insertOutboxEvent(tx, { name, data: { n } }, now);
  });
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
const numberOf = (event: { readonly payload: Readonly<Record<string, unknown>> }) => Number(event.payload.n);
const unsent = async (): Promise<number> => {
  const rows = await runtime.db.execute<{ count: number }>(
    sql`select count(*)::int as count from outbox_events where sent_at is null`,
  );
  return rows[0]?.count ?? -1;
};

describe("the relay", () => {
  it("sends what is committed at once, whoever wrote it, and in the order said", async () => {
    const sent: number[] = [];
    const { state } = startRelay(async (events) => void sent.push(...events.map(numberOf)));
    await eventually("it is active", async () => state.isActive);
    const startedAt = performance.now();
    await say(upTo(250));
    await eventually("all of it has left", async () => sent.length === 250);
    // The poll would come after a minute.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(sent).toEqual(upTo(250));
  });

  it("hears of a commit at once also after the session that hears was ended", async () => {
    const sent: number[] = [];
    const { state } = startRelay(async (events) => void sent.push(...events.map(numberOf)));
    await eventually("it is active", async () => state.isActive);
    for (const round of [1, 2, 3]) {
      await runtime.db.execute(sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'omniphi-test-notifications'`);
      await say([round]);
      await eventually("it has left", async () => sent.length === round);
    }
    expect(sent).toEqual([1, 2, 3]);
  });

  it("misses nothing that is committed between its look and its wait", async () => {
    const sent: number[] = [];
    startRelay(async (events) => {
      const numbers = events.map(numberOf);
      // Each batch is followed by one more commit while it is being sent.
      if (sent.length === 0) await say([1]);
      sent.push(...numbers);
    });
    await say([0]);
    await eventually("both have left", async () => sent.length === 2);
  });

  it("covers a notification that was lost by looking now and then", async () => {
    const sent: number[] = [];
    const { state } = startRelay(async (events) => void sent.push(...events.map(numberOf)), { pollMs: 200 });
    await eventually("it is active", async () => state.isActive);
    await runtime.db.execute(sql`
      insert into outbox_events (id, name, payload, created_at) values ('evt-silent', 'test/silent', '{"n": 7}', now())`);
    await eventually("it has left", async () => sent.length === 1);
  });

  it("keeps the order over an outage, and asks an engine that is away less and less often", async () => {
    let isAway = true;
    const tries: number[] = [];
    const sent: number[] = [];
    const { state } = startRelay(
      async (events) => {
        tries.push(performance.now());
        if (isAway) throw new Error("connect ECONNREFUSED");
        sent.push(...events.map(numberOf));
      },
      { firstPauseMs: 40, longestPauseMs: 320 },
    );
    await say(upTo(120));
    await eventually("it has tried for a while", async () => tries.length >= 6);
    const gaps = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
    expect(gaps.at(3)).toBeGreaterThan((gaps[0] ?? 0) * 2);
    expect(state.trouble).toBe("connect ECONNREFUSED");
    expect(await unsent()).toBe(120);
    isAway = false;
    await eventually("all of it has left", async () => sent.length === 120);
    expect(sent).toEqual(upTo(120));
  });

  it("sets aside an event that the engine will not take, with its reason, and lets the rest go", async () => {
    const sent: number[] = [];
    const { state } = startRelay(async (events) => {
      if (events.some(({ name }) => name === "test/refused")) throw new Error("400: the event is too large");
      sent.push(...events.map(numberOf));
    });
    await say([0]);
    await say([1], "test/refused");
    await say([2, 3]);
    await eventually("the others have left", async () => sent.length === 3);
    expect(sent.toSorted((a, b) => a - b)).toEqual([0, 2, 3]);
    await eventually("it is told apart", async () => state.refusedCount >= 1);
    const rows = await runtime.db.execute<{ last_error: string }>(
      sql`select last_error from outbox_events where sent_at is null`,
    );
    expect(rows.map((row) => row.last_error)).toEqual(["400: the event is too large"]);
  });

  it("is one at a time: a second takes over when the first ends", async () => {
    const sent: string[] = [];
    const first = startRelay(async (events) => void sent.push(...events.map((event) => `first ${numberOf(event)}`)));
    await eventually("the first is active", async () => first.state.isActive);
    const second = startRelay(async (events) => void sent.push(...events.map((event) => `second ${numberOf(event)}`)));
    await say([0]);
    await eventually("it has left", async () => sent.length === 1);
    expect(second.state.isActive).toBe(false);
    await first.stop();
    await say([1]);
    await eventually("the second has taken over", async () => sent.length === 2);
    expect(sent).toEqual(["first 0", "second 1"]);
  });
});

describe("the relay's process", () => {
  it("loses and reorders nothing when it is killed while it sends, and says in its heartbeat how it is", async () => {
    const arrived: number[] = [];
    let isHanging = true;
    const engine = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      request.on("end", () => {
        const events = JSON.parse(body) as { id: string; data: { n: number } }[];
        arrived.push(...events.map(({ data }) => data.n));
        if (isHanging) return;
        response.end(JSON.stringify({ ids: events.map(({ id }) => id), status: 200 }));
      });
    });
    await new Promise<void>((resolve) => engine.listen(0, "127.0.0.1", resolve));
    const address = engine.address();
    const relay = await bundleProcess("relay");
    const env = {
      DATABASE_URL: runtime.databaseUrl,
      AUTH_SECRET: "s".repeat(40),
      METRICS_TOKEN: "m".repeat(40),
      SECRETS_KEK_BASE64: Buffer.alloc(32, 1).toString("base64"),
      INNGEST_EVENT_KEY: "0123456789abcdef",
      INNGEST_SIGNING_KEY: "0123456789abcdef",
      ENGINE_URL: `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`,
    };
    await say(upTo(150));
    const killed = relay.start(env);
    await eventually("the first batch is under way", async () => arrived.length >= 100);
    killed.kill("SIGKILL");
    isHanging = false;
    const next = relay.start(env);
    await eventually("all of it is marked", async () => (await unsent()) === 0);
    // The batch of the killed one came twice; its ids tell the engine.
    expect([...new Set(arrived)]).toEqual(upTo(150));
    await eventually("its heartbeat says how it is", async () => {
      const [beat] = await runtime.db.execute<{ status: string; sent: number }>(
        sql`select status, (details->'metrics'->>'sentEvents')::int as sent from process_heartbeats where component = 'relay'`,
      );
      return beat?.status === "ok" && beat.sent === 150;
    });
    next.kill("SIGTERM");
    const code = await new Promise((resolve) => next.once("exit", resolve));
    expect([code, next.output()]).toEqual([0, expect.stringContaining("process.ended")]);
    engine.closeAllConnections();
    await new Promise((resolve) => engine.close(resolve));
  });
});
