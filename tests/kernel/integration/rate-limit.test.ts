import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { uuidv7 } from "@/server/kernel/ids";
import { drawRateLimits, pruneRateLimits } from "@/server/kernel/rate-limit";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
afterAll(() => runtime.close());

const draw = async (key: string, limit = 10) => {
  const [state] = await drawRateLimits(runtime.db, [{ key, limit, periodSeconds: 60 }]);
  if (!state) throw new Error("no state");
  return state;
};
/** Lets time pass in the bucket instead of waiting. */
const pass = (key: string, ms: number) =>
  runtime.db.execute(
    sql`update rate_limits set theoretical_arrival_at = theoretical_arrival_at - ${ms} * interval '1 millisecond' where key = ${key}`,
  );

describe("a rate limit", () => {
  it("lets the whole limit through at once, then nothing, and says how long to wait", async () => {
    const key = uuidv7();
    const states = [];
    const startedAt = performance.now();
    for (let index = 0; index < 11; index += 1) states.push(await draw(key));
    const passedSeconds = (performance.now() - startedAt) / 1_000;
    expect(states.slice(0, 10).every((state) => state.isAllowed)).toBe(true);
    expect(states.map((state) => state.remaining).slice(0, 10)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(states[10]).toMatchObject({ isAllowed: false, remaining: 0 });
    expect(states[10]?.retryAfterSeconds).toBeGreaterThanOrEqual(Math.ceil(6 - passedSeconds));
    expect(states[10]?.retryAfterSeconds).toBeLessThanOrEqual(6);
  });

  it("refills evenly, and a refused draw costs nothing", async () => {
    const key = uuidv7();
    for (let index = 0; index < 30; index += 1) await draw(key);
    await pass(key, 6_050);
    expect((await draw(key)).isAllowed).toBe(true);
    expect((await draw(key)).isAllowed).toBe(false);
  });

  it("admits exactly the limit of 100 draws at once", async () => {
    const key = uuidv7();
    const states = await Promise.all(Array.from({ length: 100 }, () => draw(key)));
    expect(states.filter((state) => state.isAllowed)).toHaveLength(10);
  });

  it("draws two buckets in one statement, in any order, without a deadlock", async () => {
    const [a, b] = [`a:${uuidv7()}`, `b:${uuidv7()}`];
    const one = (key: string, limit: number) => ({ key, limit, periodSeconds: 60 });
    const states = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        drawRateLimits(runtime.db, index % 2 ? [one(a, 100), one(b, 5)] : [one(b, 5), one(a, 100)]),
      ),
    );
    const allowed = (key: string) => states.flat().filter((state) => state.key === key && state.isAllowed).length;
    expect([allowed(a), allowed(b)]).toEqual([60, 5]);
  });

  it("forgets buckets that have long been full", async () => {
    const key = uuidv7();
    await draw(key);
    await pass(key, 2 * 3_600_000);
    expect(await pruneRateLimits(runtime.db)).toBeGreaterThanOrEqual(1);
  });

  it("that is drawn from at this moment is forgotten another time, and keeps no pruning waiting", async () => {
    const [held, idle] = [uuidv7(), uuidv7()];
    for (const key of [held, idle]) {
      await draw(key);
      await pass(key, 2 * 3_600_000);
    }
    await runtime.db.transaction(async (tx) => {
      await tx.execute(sql`select 1 from rate_limits where key = ${held} for update`);
      expect(await pruneRateLimits(runtime.db)).toBe(1);
    });
    const left = await runtime.db.execute(sql`select key from rate_limits where key in (${held}, ${idle})`);
    expect(left.map(({ key }) => key)).toEqual([held]);
  });
});
