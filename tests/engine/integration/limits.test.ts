import { referenceFunction } from "inngest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataOf, openEngineBench } from "../../support/engine/bench";
import { awaitEnded } from "../../support/engine/runs";

/* The embedded engine only: its own limits, and what it says of what it does not do. */
const bench = await openEngineBench("limited", {
  settings: { maxStepsPerRun: 5, maxStepOutputBytes: 1_000, maxEventBytes: 2_000 },
});
const { client, event, note, send, awaitSeen, seen, sql } = bench;

const named = (id: string) => ({ id, retries: 0, triggers: { event: event(id) } }) as const;

const endless = client.createFunction(named("endless"), async ({ step }) => {
  for (let n = 1; n <= 20; n += 1) await step.run(`step ${n}`, () => note("endless step", n));
});
const wordy = client.createFunction(named("wordy"), async ({ step }) => {
  await step.run("words", () => "x".repeat(2_000));
});
const signalled = client.createFunction(named("signalled"), async ({ step }) => {
  await step.waitForSignal("signal", { signal: "go", timeout: "1h", onConflict: "fail" });
});
const undecided = client.createFunction(named("undecided"), async ({ step }) => {
  const found = await step
    .waitForEvent("odd", { event: event("never"), timeout: "1h", if: "async.data.name.startsWith('a')" })
    .catch((error: unknown) => String(error));
  note("undecided", found);
});
const mistaken = client.createFunction(named("mistaken"), async ({ step }) => {
  const nobody = referenceFunction({ appId: bench.appId, functionId: "nobody" });
  const answer = await step.invoke("call", { function: nobody, data: {} }).catch((error: unknown) => String(error));
  note("mistaken", answer);
});
// Whoever runs this takes the connections of its neighbours with it, as a process that runs out of memory does.
const deadly = client.createFunction({ ...named("deadly"), retries: 2 }, async ({ step }) => {
  await step.run("die", () => {
    note("deadly");
    bench.breakConnections();
    // The dead report nothing.
    return new Promise(() => {});
  });
});
const harmless = client.createFunction({ ...named("harmless"), retries: 3 }, async ({ step, event: sent }) => {
  await step.run("live", () => note("harmless", sent.data.n));
});

beforeAll(() => bench.serve([endless, wordy, signalled, undecided, mistaken, deadly, harmless]));
afterAll(() => bench.close());

describe("a run that asks for too much fails with a sentence that says what to do", () => {
  it.each([
    ["endless", "TooManySteps", "more than 5 steps, which is the limit; split it into several functions"],
    ["wordy", "StepOutputTooLarge", 'The step "words" returned 2011 bytes and the limit is 1000; store what is large'],
    ["signalled", "StepNotImplemented", "which the embedded engine does not implement; use an Inngest server"],
  ])("%s", async (id, name, words) => {
    await send(id, {});
    const [run] = await awaitEnded(sql, `${bench.appId}-${id}`);
    expect(run).toMatchObject({ status: "failed", error: { name, message: expect.stringContaining(words) } });
  });

  it("a step limit stops the run soon after it, not at its end", () => {
    expect(dataOf(seen("endless step")).length).toBeLessThanOrEqual(7);
  });

  it("an event too large is refused as it is sent", async () => {
    await expect(send("harmless", { n: "x".repeat(3_000) })).rejects.toThrow(/the limit is 2000/);
    expect(seen("harmless")).toEqual([]);
  });
});

describe("a step that cannot be done fails, and its function may catch that", () => {
  it("when its condition is not one that the engine reads", async () => {
    await send("undecided", {});
    const [found] = await awaitSeen("undecided");
    expect(found?.data).toContain("the function .startsWith() at position 16 is not implemented");
  });

  it("when it invokes what nobody has registered", async () => {
    await send("mistaken", {});
    const [answer] = await awaitSeen("mistaken");
    expect(answer?.data).toContain("no registered function has this id");
  });
});

describe("a job that takes its process down each time", () => {
  it("is given up after its last attempt, each of which it lost, and the others end", async () => {
    await send("deadly", {});
    await client.send(Array.from({ length: 20 }, (_, n) => ({ name: event("harmless"), data: { n } })));
    const [run] = await awaitEnded(sql, `${bench.appId}-deadly`, 1, 60_000);
    expect(run).toMatchObject({
      status: "failed",
      error: { name: "AnswerLost", message: expect.stringContaining("The app went away 3 times in a row") },
    });
    expect(seen("deadly")).toHaveLength(3);
    const runs = await awaitEnded(sql, `${bench.appId}-harmless`, 20);
    expect(runs.map((one) => one.status)).toEqual(runs.map(() => "completed"));
    expect(new Set(dataOf(seen("harmless"))).size).toBe(20);
  });
});
