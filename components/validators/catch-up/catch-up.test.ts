import { describe, expect, it } from "vitest";
import { type CatchUpSample, catchUpOf, withSample } from "./catch-up";

const look = (second: number, heightBlocks: number, tipBlocks: number): CatchUpSample => ({
  atMs: second * 1_000,
  heightBlocks,
  tipBlocks,
});

describe("catching up", () => {
  it("says nothing before the first look, and no pace before the second", () => {
    expect(catchUpOf([])).toBeNull();
    expect(catchUpOf([look(0, 10, 110)])).toEqual({
      heightBlocks: 10,
      tipBlocks: 110,
      behindBlocks: 100,
      blocksPerSecond: null,
      leftMs: null,
    });
  });

  it("counts the time left by how fast the distance shrinks, not by the node's pace alone", () => {
    expect(catchUpOf([look(0, 0, 1_000), look(10, 110, 1_010)])).toMatchObject({
      behindBlocks: 900,
      blocksPerSecond: 11,
      leftMs: 90_000,
    });
  });

  it("knows no end where the tip runs away or the node stands still", () => {
    expect(catchUpOf([look(0, 0, 100), look(10, 10, 120)])?.leftMs).toBeNull();
    expect(catchUpOf([look(0, 50, 100), look(10, 50, 100)])).toMatchObject({ blocksPerSecond: 0, leftMs: null });
  });

  it("is over at the tip, and looks at the last minute alone", () => {
    expect(catchUpOf([look(0, 100, 100)])?.leftMs).toBe(0);
    expect(catchUpOf([look(0, 0, 100), look(100, 10, 100), look(110, 30, 100)])?.blocksPerSecond).toBe(2);
  });

  it("takes each look once, in order, and begins anew with a node that was made anew", () => {
    const one = withSample([], look(1, 10, 20));
    expect(withSample(one, look(1, 11, 20))).toBe(one);
    expect(withSample(one, look(0, 9, 20))).toBe(one);
    expect(withSample(one, look(2, 3, 20))).toEqual([look(2, 3, 20)]);
  });
});
