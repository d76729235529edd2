import { NonRetriableError, RetryAfterError } from "inngest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataOf, openBench } from "../../support/engine/bench";

const bench = await openBench("steps");
const { client, event, note, send, awaitSeen, seen } = bench;

const sequence = client.createFunction({ id: "sequence", triggers: { event: event("sequence") } }, async ({ step }) => {
  const one = await step.run("one", () => {
    note("sequence one");
    return { v: 1 };
  });
  await step.sleep("nap", "1s");
  const two = await step.run("two", () => {
    note("sequence two");
    return one.v + 1;
  });
  note("sequence done", two);
});

const parallel = client.createFunction({ id: "parallel", triggers: { event: event("parallel") } }, async ({ step }) => {
  const found = await Promise.all(
    ["a", "b", "c"].map((name) =>
      step.run(name, () => {
        note("parallel step", name);
        return name.toUpperCase();
      }),
    ),
  );
  const after = await step.run("after", () => `${found.join("")}!`);
  note("parallel done", after);
});

const mixed = client.createFunction({ id: "mixed", triggers: { event: event("mixed") } }, async ({ step }) => {
  const results = await Promise.all([
    step.run("work", () => "worked"),
    step.sleep("nap", "1s"),
    step.waitForEvent("nothing", { event: event("never"), timeout: "1s" }),
  ]);
  note("mixed done", results[0]);
  note("mixed waited for nothing", results[2]);
});

const race = client.createFunction({ id: "race", triggers: { event: event("race") } }, async ({ step, group }) => {
  const winner = await group.parallel(() =>
    Promise.race([
      step.run("quick", () => "quick"),
      step.waitForEvent("slow", { event: event("never"), timeout: "1h" }).then(() => "slow"),
    ]),
  );
  note("race done", winner);
});

const loop = client.createFunction({ id: "loop", triggers: { event: event("loop") } }, async ({ step }) => {
  const results: unknown[] = [];
  for (let index = 0; index < 3; index += 1) results.push(await step.run("same", () => index));
  note("loop done", results);
});

const long = client.createFunction({ id: "long", triggers: { event: event("long") } }, async ({ step }) => {
  let sum = 0;
  for (let index = 1; index <= 200; index += 1) {
    sum += await step.run(`add ${index}`, () => {
      note("long step", index);
      return index;
    });
  }
  note("long done", sum);
});

const retried = client.createFunction(
  { id: "retried", retries: 2, triggers: { event: event("retried") } },
  async ({ step, attempt }) => {
    await step.run("flaky", () => {
      note("retried attempt", attempt);
      if (attempt < 1) throw new RetryAfterError("later", "1s");
    });
    const next = await step.run("next", () => attempt);
    note("retried done", next);
  },
);

const exhausted = client.createFunction(
  {
    id: "exhausted",
    retries: 1,
    triggers: { event: event("exhausted") },
    onFailure: ({ error, event: failure }) =>
      note("exhausted failed", { message: error.message, from: failure.data.function_id }),
  },
  ({ attempt }) => {
    note("exhausted attempt", attempt);
    throw new RetryAfterError(`attempt ${attempt}`, "1s");
  },
);

const failing = client.createFunction(
  {
    id: "failing",
    retries: 3,
    triggers: { event: event("failing") },
    onFailure: async ({ error, event: failure, step }) => {
      const noted = await step.run("note", () => error.message);
      note("failing failed", { noted, error, data: failure.data });
    },
  },
  async ({ step, runId }) => {
    note("failing run", runId);
    await step.run("boom", () => {
      note("failing attempt");
      throw new NonRetriableError("no", { cause: new Error("root") });
    });
  },
);

const caught = client.createFunction(
  { id: "caught", retries: 0, triggers: { event: event("caught") } },
  async ({ step }) => {
    const outcome = await step
      .run("boom", () => {
        throw new TypeError("broken");
      })
      .catch(async (error: unknown) => {
        const name = error instanceof Error ? error.name : "none";
        return step.run("recover", () => `recovered from ${name}`);
      });
    note("caught done", outcome);
  },
);

const sleeper = client.createFunction(
  { id: "sleeper", triggers: { event: event("sleeper") } },
  async ({ step, event: sent }) => {
    await step.sleepUntil("until", new Date(Number(sent.data.at)));
    note("sleeper done");
  },
);

const values = client.createFunction(
  { id: "values", triggers: { event: event("values") } },
  async ({ step, event: sent }) => {
    const nothing = await step.run("nothing", () => undefined);
    const odd = await step.run("odd", () => sent.data.odd);
    note("values done", { nothing, odd });
  },
);

beforeAll(() =>
  bench.serve([sequence, parallel, mixed, race, loop, long, retried, exhausted, failing, caught, sleeper, values]),
);
afterAll(() => bench.close());

describe.concurrent("steps", () => {
  it("run once each, in order, with a sleep between them", async () => {
    await send("sequence", {});
    const [done] = await awaitSeen("sequence done");
    expect(done?.data).toBe(2);
    const [one] = seen("sequence one");
    const [two] = seen("sequence two");
    expect([seen("sequence one").length, seen("sequence two").length]).toEqual([1, 1]);
    expect((two?.at ?? 0) - (one?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it("that are parallel run once each, and what follows sees all of them", async () => {
    await send("parallel", {});
    expect(dataOf(await awaitSeen("parallel done"))).toEqual(["ABC!"]);
    expect(dataOf(seen("parallel step")).sort()).toEqual(["a", "b", "c"]);
  });

  it("of different kinds can be parallel", async () => {
    await send("mixed", {});
    expect(dataOf(await awaitSeen("mixed done"))).toEqual(["worked"]);
    expect(dataOf(seen("mixed waited for nothing"))).toEqual([null]);
  });

  it("that race do not wait for the slower one", async () => {
    await send("race", {});
    expect(dataOf(await awaitSeen("race done"))).toEqual(["quick"]);
  });

  it("with the same id in a loop are different steps", async () => {
    await send("loop", {});
    expect(dataOf(await awaitSeen("loop done"))).toEqual([[0, 1, 2]]);
  });

  it("may be 200 in one run", async () => {
    await send("long", {});
    expect(dataOf(await awaitSeen("long done", 1, 60_000))).toEqual([20_100]);
    expect(seen("long step")).toHaveLength(200);
  });

  it("keep their values, as JSON keeps them", async () => {
    const odd = {
      zero: "\u0000",
      surrogate: "\u{1F600}",
      nested: [{ b: 1, a: null }],
      "": "empty",
      big: 1e21,
      text: "é\n",
    };
    await send("values", { odd });
    expect(dataOf(await awaitSeen("values done"))).toEqual([{ nothing: null, odd }]);
  });

  it("sleep until an instant", async () => {
    const at = Date.now() + 1_500;
    await send("sleeper", { at });
    const [done] = await awaitSeen("sleeper done");
    expect(done?.at).toBeGreaterThanOrEqual(at - 10);
  });
});

describe.concurrent("errors", () => {
  it("of a step are retried when the step says, and the next step starts from its first attempt", async () => {
    await send("retried", {});
    expect(dataOf(await awaitSeen("retried done"))).toEqual([0]);
    const attempts = seen("retried attempt");
    expect(dataOf(attempts)).toEqual([0, 1]);
    expect((attempts[1]?.at ?? 0) - (attempts[0]?.at ?? 0)).toBeGreaterThanOrEqual(950);
  });

  it("of a function end it after its last attempt, and its failure handler hears of it once", async () => {
    await send("exhausted", {});
    const failed = await awaitSeen("exhausted failed");
    expect(dataOf(failed)).toEqual([{ message: "attempt 1", from: `${bench.appId}-exhausted` }]);
    expect(dataOf(seen("exhausted attempt"))).toEqual([0, 1]);
  });

  it("that cannot heal are not retried, and arrive whole at the failure handler", async () => {
    await send("failing", { k: "f" });
    const [failed] = await awaitSeen("failing failed");
    expect(seen("failing attempt")).toHaveLength(1);
    expect(failed?.data).toMatchObject({
      noted: "no",
      error: expect.objectContaining({ message: "no", name: "NonRetriableError" }),
      data: {
        function_id: `${bench.appId}-failing`,
        run_id: seen("failing run")[0]?.data,
        error: { name: "NonRetriableError", message: "no", cause: { message: "root" } },
        event: { name: event("failing"), data: { k: "f" } },
      },
    });
  });

  it("of a step can be caught, and the run goes on", async () => {
    await send("caught", {});
    expect(dataOf(await awaitSeen("caught done"))).toEqual(["recovered from TypeError"]);
  });
});
