import { afterAll, beforeAll, expect, it } from "vitest";
import { dataOf, openBench } from "../../support/engine/bench";

const bench = await openBench("cutoff");
const { client, event, note, send, awaitSeen, seen } = bench;

// Whoever runs it the first two times goes away in the middle, as a process that is killed does.
const cut = client.createFunction(
  { id: "cut", retries: 2, triggers: { event: event("cut") } },
  async ({ step, attempt }) => {
    await step.run("kept", () => note("kept"));
    await step.run("cut", () => {
      note("cut", attempt);
      if (seen("cut").length > 2) return;
      bench.breakConnections();
      return new Promise<never>(() => {});
    });
    note("done", attempt);
  },
);
const single = client.createFunction(
  {
    id: "single",
    retries: 0,
    triggers: { event: event("single") },
    onFailure: ({ error }) => note("single failed", error.name),
  },
  async () => {
    note("single");
    bench.breakConnections();
    return new Promise<never>(() => {});
  },
);

beforeAll(() => bench.serve([cut, single]));
afterAll(() => bench.close());

it("a call that is cut off costs an attempt; what the app had reported is not done again", async () => {
  await send("cut", {});
  const attempts = dataOf(await awaitSeen("cut", 3));
  expect(attempts).toEqual([0, 1, 2]);
  await awaitSeen("done");
  expect(seen("kept")).toHaveLength(1);
});

it("one without a second attempt fails its run", async () => {
  await send("single", {});
  await awaitSeen("single failed");
  expect(seen("single")).toHaveLength(1);
});
