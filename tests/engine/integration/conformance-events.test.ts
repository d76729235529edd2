import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataOf, openBench, work } from "../../support/engine/bench";

const bench = await openBench("events");
const { client, event, note, send, awaitSeen, seen } = bench;

const answered = client.createFunction({ id: "answered", triggers: { event: event("question") } }, async ({ step }) => {
  note("question asked");
  const answer = await step.waitForEvent("answer", {
    event: event("answer"),
    timeout: "20s",
    if: "async.data.k == event.data.k && async.data.v > 1",
  });
  note("question answered", answer?.data);
  const silence = await step.waitForEvent("silence", { event: event("never"), timeout: "1s" });
  note("question left", silence);
});

const matched = client.createFunction({ id: "matched", triggers: { event: event("match") } }, async ({ step }) => {
  note("match asked");
  const found = await step.waitForEvent("w", { event: event("answer"), timeout: "20s", match: "data.k" });
  note("match found", { id: found?.id, name: found?.name, data: found?.data });
});

const target = client.createFunction({ id: "target", triggers: { event: event("target") } }, ({ event: sent }) => ({
  doubled: Number(sent.data.n) * 2,
}));

const broken = client.createFunction({ id: "broken", retries: 0, triggers: { event: event("broken") } }, () => {
  throw new Error("target is broken");
});

const slow = client.createFunction({ id: "slow", triggers: { event: event("slow") } }, async ({ step }) => {
  await step.sleep("long", "1h");
});

const invoking = client.createFunction(
  { id: "invoking", retries: 0, triggers: { event: event("invoking") } },
  async ({ step }) => {
    const good = await step.invoke("good", { function: target, data: { n: 21 } });
    const bad = await step.invoke("bad", { function: broken, data: {} }).catch((error: unknown) => String(error));
    const late = await step.invoke("late", { function: slow, data: {}, timeout: "1s" }).catch(() => "timed out");
    note("invoking done", { good, bad, late });
  },
);

const sending = client.createFunction({ id: "sending", triggers: { event: event("sending") } }, async ({ step }) => {
  const sent = await step.sendEvent("emit", [
    { name: event("sent"), data: { n: 1 } },
    { name: event("sent"), data: { n: 2 }, id: event("an id of its own") },
  ]);
  note("sending done", sent.ids.length);
});

const receiving = client.createFunction({ id: "receiving", triggers: { event: event("sent") } }, ({ event: sent }) => {
  note("sent received", { n: sent.data.n, id: sent.id });
});

const several = client.createFunction(
  { id: "several", triggers: [{ event: event("m1") }, { event: event("m2"), if: "event.data.ok == true" }] },
  ({ event: sent }) => note("several", { name: sent.name, data: sent.data }),
);

const once = client.createFunction(
  { id: "once", concurrency: 1, triggers: { event: event("once") } },
  ({ event: sent }) => {
    note("once", sent.data.n);
  },
);

const stoppable = client.createFunction(
  { id: "stoppable", triggers: { event: event("start") }, cancelOn: [{ event: event("stop"), match: "data.k" }] },
  async ({ step, event: sent }) => {
    note("stoppable began", sent.data.k);
    await step.sleep("long", sent.data.k === "stopped" ? "1h" : "3s");
    note("stoppable ended", sent.data.k);
  },
);

const CANCELLABLE_FOR_MS = 15_000;
const brief = client.createFunction(
  {
    id: "brief",
    triggers: { event: event("begin") },
    cancelOn: [{ event: event("halt"), match: "data.k", timeout: CANCELLABLE_FOR_MS }],
  },
  async ({ step, event: sent }) => {
    note("brief began", sent.data.k);
    await step.sleep("long", "50s");
    note("brief ended", sent.data.k);
  },
);

const ended = client.createFunction(
  {
    id: "ended",
    triggers: [
      { event: "inngest/function.cancelled", if: `event.data.function_id == '${bench.appId}-stoppable'` },
      { event: "inngest/function.cancelled", if: `event.data.function_id == '${bench.appId}-brief'` },
    ],
  },
  ({ event: sent }) =>
    note(`${String(sent.data.function_id).slice(bench.appId.length + 1)} cancelled`, sent.data.event),
);

const minutely = client.createFunction({ id: "minutely", triggers: { cron: "* * * * *" } }, ({ event: tick }) => {
  note("tick", { name: tick.name, data: tick.data });
});

const zoned = client.createFunction({ id: "zoned", triggers: { cron: "TZ=Asia/Kathmandu * * * * *" } }, () =>
  note("zoned tick"),
);

beforeAll(() =>
  bench.serve([
    answered,
    matched,
    target,
    broken,
    slow,
    invoking,
    sending,
    receiving,
    several,
    once,
    stoppable,
    brief,
    ended,
    minutely,
    zoned,
  ]),
);
afterAll(() => bench.close());

/** Waits until the event that the probe sends again and again is taken: a run says that it waits only after it has begun to. */
async function sendUntil(what: string, name: string, data: Record<string, unknown>): Promise<void> {
  for (let attempt = 0; attempt < 100 && seen(what).length === 0; attempt += 1) {
    await send(name, data);
    for (let look = 0; look < 20 && seen(what).length === 0; look += 1) await work(25);
  }
}

describe.concurrent("waiting for an event", () => {
  it("ends with the first one for which the condition holds, or with null at its timeout", async () => {
    await send("question", { k: "q" });
    await awaitSeen("question asked");
    await send("answer", { k: "other", v: 9 });
    await send("answer", { k: "q", v: 1 });
    await sendUntil("question answered", "answer", { k: "q", v: 42 });
    expect(dataOf(await awaitSeen("question answered"))).toEqual([{ k: "q", v: 42 }]);
    expect(dataOf(await awaitSeen("question left"))).toEqual([null]);
  });

  it("by a matching field gives the whole event", async () => {
    await send("match", { k: "m" });
    await awaitSeen("match asked");
    await sendUntil("match found", "answer", { k: "m" });
    const [found] = await awaitSeen("match found");
    expect(found?.data).toMatchObject({ id: expect.any(String), name: event("answer"), data: { k: "m" } });
  });
});

describe.concurrent("invoking a function", () => {
  it("gives its result, its error, or an error at the timeout", async () => {
    await send("invoking", {});
    const [done] = await awaitSeen("invoking done");
    expect(done?.data).toEqual({
      good: { doubled: 42 },
      bad: expect.stringContaining("target is broken"),
      late: "timed out",
    });
  });
});

describe.concurrent("events", () => {
  it("can be sent from a step, and keep an id that they are given", async () => {
    await send("sending", {});
    expect(dataOf(await awaitSeen("sending done"))).toEqual([2]);
    const received = dataOf(await awaitSeen("sent received", 2));
    expect(received).toHaveLength(2);
    expect(received).toContainEqual({ n: 2, id: event("an id of its own") });
  });

  it("start a function by any of its triggers whose condition holds", async () => {
    await client.send([
      { name: event("m1"), data: {} },
      { name: event("m2"), data: { ok: false } },
      { name: event("m2"), data: { ok: true } },
      { name: event("m1"), data: { last: true } },
    ]);
    const started = dataOf(await awaitSeen("several", 3));
    expect(started).toHaveLength(3);
    expect(started).not.toContainEqual({ name: event("m2"), data: { ok: false } });
  });

  it("with one id start one run, however often they are sent at once, and after that run has ended", async () => {
    const id = event("the same id");
    await Promise.all(Array.from({ length: 50 }, () => send("once", { n: 1 }, { id })));
    await send("once", { n: 2 });
    // One run at a time and in order: when the second event has run, none of the first is still to come.
    await awaitSeen("once", 2);
    expect(dataOf(seen("once"))).toEqual([1, 2]);
    // And again, long after its run has ended: by itself, and in one request with another.
    await send("once", { n: 1 }, { id });
    await client.send([
      { name: event("once"), data: { n: 1 }, id },
      { name: event("once"), data: { n: 3 } },
      { name: event("once"), data: { n: 1 }, id },
    ]);
    await awaitSeen("once", 3);
    expect(dataOf(seen("once"))).toEqual([1, 2, 3]);
  });

  it("without a name are refused", async () => {
    await expect(client.send({ name: "", data: {} })).rejects.toThrow(/name is empty/);
  });
});

describe.concurrent("cancelling", () => {
  it("ends the runs that match, and leaves the others alone", async () => {
    await send("start", { k: "stopped" });
    await send("start", { k: "kept" });
    await awaitSeen("stoppable began", 2);
    await sendUntil("stoppable cancelled", "stop", { k: "stopped" });
    const [cancelled] = await awaitSeen("stoppable cancelled");
    expect(cancelled?.data).toMatchObject({ data: { k: "stopped" } });
    expect(dataOf(await awaitSeen("stoppable ended"))).toEqual(["kept"]);
    expect(seen("stoppable cancelled")).toHaveLength(1);
  });

  it("ends them until its timeout only", { timeout: 150_000 }, async () => {
    await send("begin", { k: "early" });
    await send("begin", { k: "late" });
    await awaitSeen("brief began", 2);
    await sendUntil("brief cancelled", "halt", { k: "early" });
    expect(seen("brief cancelled")).toHaveLength(1);
    await work(CANCELLABLE_FOR_MS);
    await send("halt", { k: "late" });
    expect(seen("brief ended")).toEqual([]);
    expect(dataOf(await awaitSeen("brief ended", 1, 90_000))).toEqual(["late"]);
    expect(dataOf(seen("brief cancelled"))).toMatchObject([{ data: { k: "early" } }]);
  });
});

describe.concurrent("a schedule", () => {
  it("ticks each minute, in any time zone", { timeout: 100_000 }, async () => {
    const [tick] = await awaitSeen("tick", 1, 80_000);
    const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
    expect(tick?.data).toEqual({
      name: "inngest/scheduled.timer",
      data: { cron: "* * * * *", fireAt: instant, scheduledAt: instant },
    });
    await awaitSeen("zoned tick", 1, 20_000);
    expect(seen("tick").length).toBeLessThanOrEqual(2);
  });
});
