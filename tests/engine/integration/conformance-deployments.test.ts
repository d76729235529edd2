import { afterAll, expect, it } from "vitest";
import { dataOf, openBench } from "../../support/engine/bench";

const bench = await openBench("deployed");
const { client, event, note, send, awaitSeen, seen } = bench;
afterAll(() => bench.close());

const id = "deployed";
const triggers = { event: event("begun") };

const before = client.createFunction({ id, triggers }, async ({ step }) => {
  const one = await step.run("one", () => {
    note("one", "old");
    return "one of old";
  });
  await step.sleep("first nap", "1s");
  note("woken");
  await step.sleep("second nap", "3s");
  await step.run("two", () => note("two", "old"));
  note("done", { one, code: "old" });
});

const after = client.createFunction({ id, triggers }, async ({ step }) => {
  const one = await step.run("one", () => {
    note("one", "new");
    return "one of new";
  });
  const added = await step.run("added", () => {
    note("added");
    return "added";
  });
  await step.sleep("first nap", "1s");
  await step.sleep("second nap", "3s");
  const renamed = await step.run("zwei", () => {
    note("zwei");
    return "zwei";
  });
  note("done", { one, added, renamed, code: "new" });
});

it("a deployment in the middle of a run keeps what its steps returned, and runs those that are new to it, each once", async () => {
  await bench.serve([before]);
  await send("begun", {});
  // Awake again, so the server knows of the first step: a deployment cuts off whatever it does not yet know of.
  await awaitSeen("woken");
  await bench.serve([after]);
  expect(dataOf(await awaitSeen("done"))).toEqual([
    { one: "one of old", added: "added", renamed: "zwei", code: "new" },
  ]);
  expect(dataOf(seen("one"))).toEqual(["old"]);
  expect(["added", "zwei", "two"].map((step) => seen(step).length)).toEqual([1, 1, 0]);
});

it("after it, new runs are of the new code alone", async () => {
  await send("begun", {});
  const [, second] = dataOf(await awaitSeen("done", 2));
  expect(second).toEqual({ one: "one of new", added: "added", renamed: "zwei", code: "new" });
});
