import { RetryAfterError } from "inngest";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dataOf, openBench } from "../../support/engine/bench";
import { createCrowd } from "../../support/engine/crowd";

const bench = await openBench("load");
const { client, event, note, awaitSeen, seen } = bench;
const limit = 10;
const crowd = createCrowd(bench, limit, 5);
/** Lets the poison through its last attempt. */
let releasePoison = () => {};
const poisonReleased = new Promise<void>((resolve) => {
  releasePoison = resolve;
});

const poisoned = client.createFunction(
  {
    id: "poisoned",
    retries: 2,
    triggers: { event: event("poisoned") },
    onFailure: ({ event: failure }) => note("poison given up", failure.data.event.data.n),
  },
  async ({ event: sent, step, attempt }) => {
    const n = Number(sent.data.n);
    await step.run("swallow", async () => {
      if (n % 10 !== 3) return;
      note("poison swallowed", { n, attempt });
      if (attempt === 2) await poisonReleased;
      throw new RetryAfterError("it always throws", "1s");
    });
    note("healthy", n);
  },
);

beforeAll(() => bench.serve([crowd.fn, poisoned]));
afterAll(() => bench.close());

it("1,000 queued runs all end, each step once, and never more at once than the limit", {
  timeout: 240_000,
}, async () => {
  await crowd.send(1_000);
  const ended = dataOf(await awaitSeen("crowd", 1_000, 200_000));
  expect(new Set(ended).size).toBe(1_000);
  expect(ended).toHaveLength(1_000);
  expect([...crowd.timesRun().values()].filter((times) => times !== 1)).toEqual([]);
  expect(crowd.mostAtOnce()).toBeLessThanOrEqual(limit);
  expect(crowd.mostAtOnce()).toBeGreaterThan(1);
});

it("jobs that always throw fail once each, after their last attempt, and hold up no other", async () => {
  const count = 50;
  await client.send(Array.from({ length: count }, (_, n) => ({ name: event("poisoned"), data: { n } })));
  const poison = [3, 13, 23, 33, 43];
  await awaitSeen("healthy", count - poison.length);
  expect(seen("poison given up")).toHaveLength(0);
  releasePoison();
  await awaitSeen("poison given up", poison.length);
  expect(dataOf(seen("poison given up")).sort((a, b) => Number(a) - Number(b))).toEqual(poison);
  expect(seen("healthy")).toHaveLength(count - poison.length);
  for (const n of poison) {
    const attempts = dataOf(seen("poison swallowed")).filter((one) => (one as { n: number }).n === n);
    expect(attempts).toEqual([0, 1, 2].map((attempt) => ({ n, attempt })));
  }
});
