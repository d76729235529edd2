import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barFor, spanOf, ticksFor } from "./waterfall-layout";

describe("waterfall layout", () => {
  it("spans all instants and is never empty", () => {
    expect(spanOf([5, 1, 9])).toEqual({ fromMs: 1, toMs: 9 });
    expect(spanOf([5])).toEqual({ fromMs: 5, toMs: 6 });
    expect(spanOf([Number.NaN])).toBeUndefined();
  });

  it("places a bar by its share of the axis", () => {
    expect(barFor(25, 75, { fromMs: 0, toMs: 100 })).toEqual({ leftPercent: 25, widthPercent: 50 });
  });

  it("keeps every bar visible and inside, however short or late", () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 1_000_050 }), fc.nat(1_000_000), (startMs, lengthMs) => {
        const bar = barFor(startMs, startMs + lengthMs, { fromMs: 0, toMs: 1_000_000 });
        expect(bar.widthPercent).toBeGreaterThanOrEqual(0.6);
        expect(bar.leftPercent).toBeGreaterThanOrEqual(0);
        expect(bar.leftPercent + bar.widthPercent).toBeLessThanOrEqual(100.000001);
      }),
    );
  });

  it.each([
    [3_000, [0, 500, 1_000, 1_500, 2_000, 2_500, 3_000]],
    [90_000, [0, 30_000, 60_000, 90_000]],
    [1, [0, 1]],
  ])("marks %i ms at round offsets", (lengthMs, ticks) => {
    expect(ticksFor(lengthMs)).toEqual(ticks);
  });

  it("never crowds the axis", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 11 }), (lengthMs) => {
        expect(ticksFor(lengthMs).length).toBeLessThanOrEqual(7);
      }),
    );
  });
});
