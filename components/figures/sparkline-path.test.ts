import { describe, expect, it } from "vitest";
import { sparklineShape } from "./sparkline-path";

describe("sparklineShape", () => {
  it("runs from the lowest value at the foot to the highest at the head", () => {
    expect(sparklineShape([0, 5, 10], 100, 20)).toEqual({
      line: "M0 18L50 10L100 2",
      gaps: [],
      last: { x: 100, y: 2 },
    });
  });

  it("never joins over what was not read, and marks the stretch", () => {
    const { line, gaps, last } = sparklineShape([1, null, null, 2, 3], 100, 20);
    expect(line.match(/M/g)).toHaveLength(2);
    expect(gaps).toEqual([{ x: 12.5, width: 50 }]);
    expect(last?.x).toBe(100);
  });

  it("marks an unknown start and end up to the edge", () => {
    expect(sparklineShape([null, 1, 1, null, null], 100, 20).gaps).toEqual([
      { x: 0, width: 12.5 },
      { x: 62.5, width: 37.5 },
    ]);
  });

  it("draws nothing known as one gap, and no samples as nothing", () => {
    expect(sparklineShape([null, null], 100, 20)).toEqual({ line: "", gaps: [{ x: 0, width: 100 }], last: undefined });
    expect(sparklineShape([], 100, 20)).toEqual({ line: "", gaps: [], last: undefined });
  });

  it("puts a flat series in the middle", () => {
    expect(sparklineShape([7, 7], 100, 20).line).toBe("M0 10L100 10");
  });
});
