import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataOf, openEngineBench } from "../../support/engine/bench";

const hourMs = 3_600_000;
/** The engine's clock: the real one, moved. The app keeps the real one. */
let movedByMs = 0;
const bench = await openEngineBench("clock", { now: () => new Date(Date.now() + movedByMs) });
const { client, event, note, send, awaitSeen, seen, sql } = bench;

const sleeping = client.createFunction(
  { id: "sleeping", triggers: { event: event("sleep") } },
  async ({ step, event: sent }) => {
    note("sleep began", sent.data.n);
    await step.sleep("nap", String(sent.data.length));
    note("sleep ended", sent.data.n);
  },
);
const waiting = client.createFunction({ id: "waiting", triggers: { event: event("wait") } }, async ({ step }) => {
  const found = await step.waitForEvent("nothing", { event: event("never"), timeout: "2s" });
  note("wait ended", found);
});
const retrying = client.createFunction(
  { id: "retrying", retries: 1, triggers: { event: event("retry") } },
  ({ attempt }) => {
    note("attempt", attempt);
    if (attempt === 0) throw new Error("once more");
  },
);
const debounced = client.createFunction(
  { id: "debounced", debounce: { period: "2s" }, triggers: { event: event("debounce") } },
  () => note("debounced"),
);
const daily = client.createFunction({ id: "daily", triggers: { cron: "30 4 * * *" } }, ({ event: tick }) =>
  note("daily", tick.ts),
);

beforeAll(() => bench.serve([sleeping, waiting, retrying, debounced, daily]));
afterAll(() => bench.close());

const asleep = async (n: unknown): Promise<void> => {
  for (;;) {
    const rows = await sql`
      select 1 from inngest_engine.steps s join inngest_engine.runs r on r.id = s.run_id
      where s.status = 'sleeping' and r.event like ${`%"n":${JSON.stringify(n)}%`}`;
    if (rows.length > 0) return;
  }
};

describe("a clock that is set", () => {
  it("back by an hour keeps no sleep, wait, retry or debounce longer than it was asked for", async () => {
    await send("sleep", { n: "back", length: "2s" });
    await send("wait", {});
    await send("debounce", {});
    await asleep("back");
    movedByMs -= hourMs;
    await send("retry", {});
    await awaitSeen("sleep ended", 1, 10_000);
    await awaitSeen("wait ended", 1, 10_000);
    await awaitSeen("debounced", 1, 10_000);
    await awaitSeen("attempt", 2, 10_000);
    expect([seen("sleep ended").length, seen("wait ended").length, seen("debounced").length]).toEqual([1, 1, 1]);
    expect(dataOf(seen("attempt"))).toEqual([0, 1]);
  });

  it("forward ends what is due by it, once", async () => {
    await send("sleep", { n: "forward", length: "50m" });
    await asleep("forward");
    movedByMs += hourMs;
    await awaitSeen("sleep ended", 2);
    await send("sleep", { n: "after", length: "1s" });
    await awaitSeen("sleep ended", 3);
    expect(dataOf(seen("sleep ended"))).toEqual(["back", "forward", "after"]);
  });

  it("over a tick and back again does not tick twice, and days that were missed are made up for once", async () => {
    const at = (text: string): void => {
      movedByMs = new Date(text).getTime() - Date.now();
    };
    const nextAt = async (): Promise<string | undefined> => {
      const [row] = await sql<{ next_at: Date }[]>`select next_at from inngest_engine.crons`;
      return row?.next_at.toISOString();
    };
    const until = async (expected: string): Promise<void> => {
      for (let look = 0; (await nextAt()) !== expected; look += 1)
        if (look > 5_000) throw new Error(`next is ${await nextAt()}`);
    };
    at("2031-05-01T04:29:00Z");
    await awaitSeen("daily");
    await until("2031-05-01T04:30:00.000Z");
    const madeUp = seen("daily").length;
    at("2031-05-01T04:30:01Z");
    await awaitSeen("daily", madeUp + 1);
    await until("2031-05-02T04:30:00.000Z");
    at("2031-05-01T04:29:59Z");
    await until("2031-05-01T04:30:00.000Z");
    at("2031-05-01T04:30:02Z");
    await until("2031-05-02T04:30:00.000Z");
    at("2031-05-09T12:00:00Z");
    await until("2031-05-10T04:30:00.000Z");
    await awaitSeen("daily", madeUp + 2);
    const ticks = dataOf(seen("daily")).map((ts) => new Date(Number(ts)).toISOString());
    expect(ticks.slice(madeUp)).toEqual(["2031-05-01T04:30:00.000Z", "2031-05-09T04:30:00.000Z"]);
    expect(new Set(ticks).size).toBe(ticks.length);
  });
});
