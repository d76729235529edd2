import fc from "fast-check";
import { expect, it } from "vitest";
import { admit } from "./throttle";

function admittedAt(rule: { limit: number; periodMs: number; burst: number }, times: readonly number[]): number[] {
  let arrival: number | undefined;
  return times.filter((time) => {
    const answer = admit(rule, arrival, time);
    if (answer.admitted) arrival = answer.nextArrivalMs;
    return answer.admitted;
  });
}

it("spreads starts evenly over the period", () => {
  expect(admittedAt({ limit: 2, periodMs: 1_000, burst: 1 }, [0, 100, 499, 500, 700, 1_000])).toEqual([0, 500, 1_000]);
});

it("lets a burst through at once", () => {
  expect(admittedAt({ limit: 3, periodMs: 3_000, burst: 3 }, [0, 0, 0, 0, 999, 1_000])).toEqual([0, 0, 0, 1_000]);
});

it("says when to ask again", () => {
  expect(admit({ limit: 1, periodMs: 1_000, burst: 1 }, 1_400, 600)).toEqual({ admitted: false, retryAtMs: 1_400 });
});

it("is not blocked for long by a clock that was set back", () => {
  expect(admit({ limit: 1, periodMs: 1_000, burst: 1 }, 9_999_000, 600)).toEqual({ admitted: false, retryAtMs: 1_600 });
});

it("never admits more than limit + burst in a period", () => {
  const rules = fc.record({
    limit: fc.integer({ min: 1, max: 10 }),
    periodMs: fc.integer({ min: 10, max: 1_000 }),
    burst: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(rules, fc.array(fc.nat(100), { maxLength: 60 }), (rule, gaps) => {
      let time = 0;
      const times = gaps.map((gap) => {
        time += gap;
        return time;
      });
      const admitted = admittedAt(rule, times);
      for (const start of admitted) {
        const within = admitted.filter((other) => other >= start && other < start + rule.periodMs).length;
        expect(within).toBeLessThanOrEqual(rule.limit + rule.burst);
      }
    }),
  );
});
