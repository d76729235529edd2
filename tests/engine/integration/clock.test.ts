import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataOf, openEngineBench } from "../../support/engine/bench";
import { until } from "../../support/engine/until";

const hourMs = 3_600_000;
/** How far the engine's clock is from the real one, which the app keeps. */
let movedByMs = 0;
/** What the engine's clock shows, in Unix milliseconds, while it stands. */
let standsAtMs: number | undefined;
const nowMs = (): number => standsAtMs ?? Date.now() + movedByMs;
const at = (text: string): void => {
  movedByMs = Date.parse(text) - Date.now();
};
// From a noon on: begun at the time of day that it is, `daily` could tick in the middle of what the test does.
at("2030-01-01T12:00:00Z");
const bench = await openEngineBench("clock", { now: () => new Date(nowMs()) });
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

const asleep = (n: unknown): Promise<true> =>
  until(`the run ${n} to sleep`, async () => {
    const rows = await sql`
      select 1 from inngest_engine.steps s join inngest_engine.runs r on r.id = s.run_id
      where s.status = 'sleeping' and r.event like ${`%"n":${JSON.stringify(n)}%`}`;
    return rows.length > 0 ? true : undefined;
  });

describe("a clock that is set", () => {
  it("back by an hour keeps no sleep, wait, retry or debounce longer than it was asked for", async () => {
    // While it stands nothing becomes due, so all of them are still to come when it is set back.
    standsAtMs = nowMs();
    await send("sleep", { n: "back", length: "2s" });
    await send("wait", {});
    await send("debounce", {});
    await send("retry", {});
    await asleep("back");
    await until("the rest to wait", async () => {
      const [row] = await sql<{ count: number }[]>`
        select (select count(*) from inngest_engine.timers where kind = 'wait')::integer
          + (select count(*) from inngest_engine.debounces)::integer
          + (select count(*) from inngest_engine.calls where attempt = 1 and not leased)::integer as count`;
      return row?.count === 3 ? true : undefined;
    });
    movedByMs -= hourMs;
    standsAtMs = undefined;
    await send("retry", {});
    await awaitSeen("sleep ended");
    await awaitSeen("wait ended");
    await awaitSeen("debounced");
    await awaitSeen("attempt", 4);
    expect([seen("sleep ended").length, seen("wait ended").length, seen("debounced").length]).toEqual([1, 1, 1]);
    expect(dataOf(seen("attempt")).sort()).toEqual([0, 0, 1, 1]);
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
    const untilNext = (expected: string): Promise<true> =>
      until(`the next tick to be that of ${expected}`, async () => {
        const [row] = await sql<{ next_at: Date }[]>`select next_at from inngest_engine.crons`;
        return row?.next_at.toISOString() === expected ? true : undefined;
      });
    at("2031-05-01T04:29:00Z");
    await awaitSeen("daily");
    await untilNext("2031-05-01T04:30:00.000Z");
    at("2031-05-01T04:30:01Z");
    await awaitSeen("daily", 2);
    await untilNext("2031-05-02T04:30:00.000Z");
    // A minute is left until the tick: what is waited for is not over before it is looked at.
    at("2031-05-01T04:29:00Z");
    await untilNext("2031-05-01T04:30:00.000Z");
    at("2031-05-01T04:30:02Z");
    await untilNext("2031-05-02T04:30:00.000Z");
    at("2031-05-09T12:00:00Z");
    await untilNext("2031-05-10T04:30:00.000Z");
    await awaitSeen("daily", 3);
    expect(dataOf(seen("daily")).map((ts) => new Date(Number(ts)).toISOString())).toEqual([
      "2031-04-30T04:30:00.000Z",
      "2031-05-01T04:30:00.000Z",
      "2031-05-09T04:30:00.000Z",
    ]);
  });
});
