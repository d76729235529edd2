import { describe, expect, it } from "vitest";
import { keepSample, type RestartSample, restartsWithin } from "./restarts";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
const counted = (counts: readonly [minute: number, count: number][]): readonly RestartSample[] =>
  counts.reduce<readonly RestartSample[]>((samples, [minute, count]) => keepSample(samples, count, at(minute)), []);

describe("restarts within an hour", () => {
  it("are the growth of the counter since the oldest sample of the hour", () => {
    expect(
      restartsWithin(
        counted([
          [0, 2],
          [10, 4],
        ]),
        9,
      ),
    ).toBe(7);
    expect(
      restartsWithin(
        counted([
          [0, 2],
          [30, 8],
          [65, 9],
        ]),
        9,
      ),
    ).toBe(1);
  });

  it("are not known without a sample, and begin anew with a new node", () => {
    expect(restartsWithin([], 4)).toBeNull();
    expect(restartsWithin(counted([[0, 20]]), null)).toBeNull();
    expect(
      restartsWithin(
        counted([
          [0, 20],
          [5, 0],
        ]),
        1,
      ),
    ).toBe(1);
  });

  it("need few samples, however often one looks", () => {
    const samples = counted(Array.from({ length: 240 }, (_, index) => [index / 2, index] as [number, number]));
    expect(samples.length).toBeLessThanOrEqual(13);
  });
});
