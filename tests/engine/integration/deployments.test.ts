import { RetryAfterError } from "inngest";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openEngineBench } from "../../support/engine/bench";
import { awaitEnded, runsOf } from "../../support/engine/runs";
import { until } from "../../support/engine/until";

/* The embedded engine only: what it says of runs that a deployment left without their code. */
const hourMs = 3_600_000;
/** How far the engine's clock is ahead. */
let movedByMs = 0;
const bench = await openEngineBench("redeployed", { now: () => new Date(Date.now() + movedByMs) });
const { client, event, note, send, awaitSeen, seen, sql } = bench;
afterAll(() => bench.close());

const other = client.createFunction({ id: "other", triggers: { event: event("other") } }, () => note("other"));
const statusOf = async (name: string) => (await runsOf(sql, `${bench.appId}-${name}`)).map((run) => run.status);

describe("a run whose function is gone after a deployment", () => {
  const napping = client.createFunction({ id: "napping", triggers: { event: event("nap") } }, async ({ step }) => {
    await step.run("before", () => note("before the nap"));
    await step.sleep("nap", "1h");
    await step.run("after", () => note("after the nap"));
  });
  const invoking = client.createFunction(
    { id: "invoking", retries: 0, triggers: { event: event("invoke") } },
    async ({ step }) => {
      const answer = await step
        .invoke("gone", { function: napping, data: {} })
        .catch((error: unknown) => String(error));
      note("invoked", answer);
    },
  );
  beforeEach(() => bench.serve([napping, invoking, other]));
  /** Starts a run and leaves it asleep: a deployment cuts off a call that is going on, and one that is sent again may find the function gone. */
  const startNap = async (): Promise<void> => {
    await send("nap", {});
    await until("a run to sleep", async () => {
      const rows = await sql`select 1 from inngest_engine.steps where name = 'nap' and status = 'sleeping'`;
      return rows.length > 0 ? true : undefined;
    });
  };

  it("fails with a sentence that names the function, and holds up nobody", async () => {
    await startNap();
    await bench.serve([invoking, other]);
    movedByMs += hourMs;
    const [run] = await awaitEnded(sql, `${bench.appId}-napping`);
    expect(run).toMatchObject({
      status: "failed",
      error: {
        name: "FunctionNotFound",
        message: `The function ${bench.appId}-napping is not registered any more; its app has started without it.`,
      },
    });
    expect(seen("after the nap")).toHaveLength(0);
    await send("other", {});
    await awaitSeen("other");
  });

  it("fails the step that invokes it, for its caller to catch", async () => {
    await bench.serve([invoking, other]);
    await send("invoke", {});
    const [invoked] = await awaitSeen("invoked");
    expect(invoked?.data).toContain(`no registered function has this id`);
    await awaitEnded(sql, `${bench.appId}-invoking`);
    expect(await statusOf("invoking")).toEqual(["completed"]);
  });

  it("goes on when the function is back before its time", async () => {
    await startNap();
    await bench.serve([other]);
    await bench.serve([napping, invoking, other]);
    movedByMs += hourMs;
    const runs = await awaitEnded(sql, `${bench.appId}-napping`, 2);
    expect(runs.at(-1)?.status).toBe("completed");
    expect(seen("after the nap")).toHaveLength(1);
  });
});

describe("a planned step that the new code does not have", () => {
  const planned = (steps: readonly string[], workOf: () => Promise<void>) =>
    client.createFunction(
      { id: "planned", retries: 1, concurrency: 1, triggers: { event: event("plan") } },
      async ({ step }) => {
        await Promise.all(
          steps.map((name) =>
            step.run(name, async () => {
              note(`planned ${name}`);
              await workOf();
            }),
          ),
        );
        note("planned done");
      },
    );

  // The SDK itself waits ten seconds for a step that it is asked for and does not find.
  it("fails the run with the app's own words, not in silence", async () => {
    // The first step is put off while the engine takes no further work, so the second has no turn in the old code and the first none in the new.
    let putOffLeft = () => {};
    const leftIsPutOff = new Promise<void>((resolve) => {
      putOffLeft = resolve;
    });
    await bench.serve([
      planned(["left", "right"], async () => {
        await leftIsPutOff;
        throw new RetryAfterError("later", "1h");
      }),
    ]);
    await send("plan", {});
    await awaitSeen("planned left");
    await until("the second step to wait for its turn", async () => {
      const rows = await sql`select 1 from inngest_engine.steps where name = 'right' and status = 'planned'`;
      return rows.length > 0 ? true : undefined;
    });
    const stopped = bench.stopEngine();
    putOffLeft();
    await stopped;
    await bench.stopServing();
    await bench.startEngine();
    await bench.serve([planned(["left"], async () => {})]);
    const [run] = await awaitEnded(sql, `${bench.appId}-planned`, 1, 60_000);
    expect(run).toMatchObject({ status: "failed", error: { message: expect.stringContaining("Could not find step") } });
    expect(seen("planned right")).toHaveLength(0);
    expect(seen("planned done")).toHaveLength(0);
  });
});
