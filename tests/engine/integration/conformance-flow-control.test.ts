import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataOf, openBench, type Sighting, work } from "../../support/engine/bench";

const bench = await openBench("flow");
const { client, event, note, send, awaitSeen, seen } = bench;

/** A step that says when it began and when it ended. */
async function span(what: string, key: unknown): Promise<void> {
  const from = Date.now();
  await work(150);
  note(what, { key, from, to: Date.now() });
}

const keyed = client.createFunction(
  { id: "keyed", concurrency: { limit: 1, key: "event.data.k" }, triggers: { event: event("keyed") } },
  async ({ step, event: sent }) => {
    await step.run("s", () => span("keyed", sent.data.k));
  },
);

const SCOPES = ["account", "env"] as const;
const sharing = SCOPES.flatMap((scope) =>
  ["left", "right"].map((side) =>
    client.createFunction(
      {
        id: `${scope}-${side}`,
        concurrency: [{ limit: 5 }, { limit: 1, key: `'${bench.appId}-${scope}'`, scope }],
        triggers: { event: event(`shared-${scope}`) },
      },
      async ({ step }) => {
        await step.run("s", () => span(`shared-${scope}`, side));
      },
    ),
  ),
);

const debounced = client.createFunction(
  { id: "debounced", debounce: { period: "1s", key: "event.data.k" }, triggers: { event: event("debounced") } },
  ({ event: sent }) => note("debounced", sent.data),
);

const hurried = client.createFunction(
  { id: "hurried", debounce: { period: "60s", timeout: "5s" }, triggers: { event: event("hurried") } },
  ({ event: sent }) => note("hurried", sent.data.n),
);

// One run at a time: two sightings are two runs. A server promises no order among keys.
const limited = client.createFunction(
  {
    id: "limited",
    concurrency: 1,
    rateLimit: { limit: 1, period: "60s", key: "event.data.k" },
    triggers: { event: event("limited") },
  },
  ({ event: sent }) => note("limited", sent.data.k),
);
const idempotent = client.createFunction(
  { id: "idempotent", concurrency: 1, idempotency: "event.data.k", triggers: { event: event("idempotent") } },
  ({ event: sent }) => note("idempotent", sent.data.k),
);

const ranked = client.createFunction(
  {
    id: "ranked",
    throttle: { limit: 1, period: "2s" },
    priority: { run: "event.data.urgent ? 100 : 0" },
    triggers: { event: event("ranked") },
  },
  ({ event: sent }) => note("ranked", sent.data.name),
);

const DELAY_SECONDS = 3;
const delayed = client.createFunction(
  {
    id: "delayed",
    priority: { run: `event.data.late ? -${DELAY_SECONDS} : ${DELAY_SECONDS}` },
    triggers: { event: event("delayed") },
  },
  ({ event: sent }) => note(`delayed ${sent.data.late ? "late" : "early"}`),
);

const overdue = client.createFunction(
  { id: "overdue", timeouts: { finish: "2s" }, triggers: { event: event("overdue") } },
  async ({ step }) => {
    note("overdue began");
    await step.sleep("long", "1h");
  },
);

/** Lets the runs of `crowded` end. */
let releaseCrowded = () => {};
const crowdedReleased = new Promise<void>((resolve) => {
  releaseCrowded = resolve;
});
// The limit holds for the first run too, which has only the machine to wait for.
const crowded = client.createFunction(
  { id: "crowded", concurrency: 1, timeouts: { start: "10s" }, triggers: { event: event("crowded") } },
  async ({ step, event: sent }) => {
    await step.run("s", async () => {
      note("crowded began", sent.data.n);
      await crowdedReleased;
    });
  },
);

const ended = client.createFunction(
  { id: "ended", triggers: { event: "inngest/function.cancelled" } },
  ({ event: sent }) => {
    note(`cancelled ${sent.data.function_id}`);
  },
);

beforeAll(() =>
  bench.serve([keyed, ...sharing, debounced, hurried, limited, idempotent, ranked, delayed, overdue, crowded, ended]),
);
afterAll(() => bench.close());

type Span = { key: unknown; from: number; to: number };

function overlaps(sightings: readonly Sighting[]): number {
  const spans = (dataOf(sightings) as Span[]).sort((a, b) => a.from - b.from);
  return spans.filter((one, index) => spans.some((other, at) => at > index && other.from < one.to)).length;
}

describe.concurrent("concurrency", () => {
  it("by key runs one at a time within a key", async () => {
    for (const k of ["a", "b", "a", "b", "a", "b"]) await send("keyed", { k });
    const spans = await awaitSeen("keyed", 6);
    const of = (key: string) => spans.filter((one) => (one.data as Span).key === key);
    expect([of("a").length, of("b").length]).toEqual([3, 3]);
    expect([overlaps(of("a")), overlaps(of("b"))]).toEqual([0, 0]);
  });

  it.each(SCOPES)("can be shared by several functions through the scope %s", async (scope) => {
    await send(`shared-${scope}`, {});
    await send(`shared-${scope}`, {});
    const spans = await awaitSeen(`shared-${scope}`, 4);
    expect(
      dataOf(spans)
        .map((one) => (one as Span).key)
        .sort(),
    ).toEqual(["left", "left", "right", "right"]);
    expect(overlaps(spans)).toBe(0);
  });
});

describe.concurrent("how often", () => {
  it("a debounced function runs: once, with the last event, for each key", async () => {
    // In one request, so that no time passes between them; which of them is the last is for their own times to say.
    const name = event("debounced");
    const last = Date.now();
    await client.send([
      ...[1, 2, 3].map((n) => ({ name, data: { k: "z", n }, ts: last - 3 + n })),
      { name, data: { k: "y", n: 9 }, ts: last },
    ]);
    const runs = dataOf(await awaitSeen("debounced", 2));
    expect(runs).toHaveLength(2);
    expect(runs).toContainEqual({ k: "z", n: 3 });
    expect(runs).toContainEqual({ k: "y", n: 9 });
  });

  it("a debounced function runs: at its timeout, though events come on that would put it off", async () => {
    const from = Date.now();
    for (let n = 0; seen("hurried").length === 0 && n < 150; n += 1) {
      await send("hurried", { n });
      await work(200);
    }
    const [run] = await awaitSeen("hurried");
    const lasted = (run?.at ?? 0) - from;
    // Not before its timeout, and long before the events leave it the quiet that it waits for.
    expect(lasted).toBeGreaterThanOrEqual(4_000);
    expect(lasted).toBeLessThan(60_000);
    expect(Number((run?.data as number | undefined) ?? 0)).toBeGreaterThan(0);
  });

  it("a rate limited function runs: as often as its limit, for each key", async () => {
    for (const k of ["z", "z", "z", "y"]) await send("limited", { k });
    expect(dataOf(await awaitSeen("limited", 2)).sort()).toEqual(["y", "z"]);
    // One more, by which a second run of the first two would have shown.
    await send("limited", { k: "x" });
    expect(dataOf(await awaitSeen("limited", 3)).sort()).toEqual(["x", "y", "z"]);
  });

  it("an idempotent function runs: once for each key", async () => {
    for (const k of ["z", "z", "y"]) await send("idempotent", { k });
    expect(dataOf(await awaitSeen("idempotent", 2)).sort()).toEqual(["y", "z"]);
    // One more, by which a second run of the first two would have shown.
    await send("idempotent", { k: "x" });
    expect(dataOf(await awaitSeen("idempotent", 3)).sort()).toEqual(["x", "y", "z"]);
  });

  it("a throttled function starts: evenly, and the urgent first", async () => {
    const from = Date.now();
    await send("ranked", { name: "first", urgent: false });
    await awaitSeen("ranked");
    await client.send([
      { name: event("ranked"), data: { name: "patient", urgent: false } },
      { name: event("ranked"), data: { name: "urgent", urgent: true } },
    ]);
    const runs = await awaitSeen("ranked", 3);
    expect(dataOf(runs)).toEqual(["first", "urgent", "patient"]);
    // From before the first was sent: from its own sighting, a slow first call would take from what lies between the starts.
    expect((runs[1]?.at ?? 0) - from).toBeGreaterThanOrEqual(2_000);
    expect((runs[2]?.at ?? 0) - from).toBeGreaterThanOrEqual(4_000);
  });
});

describe.concurrent("a priority", () => {
  it("below nought delays the start by as many seconds, with nothing else in the queue", async () => {
    const from = Date.now();
    await client.send([
      { name: event("delayed"), data: { late: true } },
      { name: event("delayed"), data: { late: false } },
    ]);
    await awaitSeen("delayed early");
    expect(seen("delayed late")).toEqual([]);
    const [late] = await awaitSeen("delayed late");
    expect((late?.at ?? 0) - from).toBeGreaterThanOrEqual(DELAY_SECONDS * 1_000);
  });
});

describe.concurrent("timeouts", () => {
  it("end a run that does not finish in time", async () => {
    const from = Date.now();
    await send("overdue", {});
    await awaitSeen("overdue began");
    const [cancelled] = await awaitSeen(`cancelled ${bench.appId}-overdue`);
    expect((cancelled?.at ?? 0) - from).toBeGreaterThanOrEqual(2_000);
  });

  it("end a run that does not start in time", async () => {
    await send("crowded", { n: 1 });
    await awaitSeen("crowded began");
    await send("crowded", { n: 2 });
    await awaitSeen(`cancelled ${bench.appId}-crowded`);
    expect(dataOf(seen("crowded began"))).toEqual([1]);
    // In order: once the third has begun, the second is not still to come.
    await send("crowded", { n: 3 });
    releaseCrowded();
    expect(dataOf(await awaitSeen("crowded began", 2))).toEqual([1, 3]);
  });
});
