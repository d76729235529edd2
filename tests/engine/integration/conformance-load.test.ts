import { RetryAfterError } from "inngest";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dataOf, openBench } from "../../support/engine/bench";
import { describeLoad } from "../../support/engine/describe-load";

await describeLoad(200);

const bench = await openBench("poisoned");
const { client, event, note, awaitSeen, seen } = bench;
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

beforeAll(() => bench.serve([poisoned]));
afterAll(() => bench.close());

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
