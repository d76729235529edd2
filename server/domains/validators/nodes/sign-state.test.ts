import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareWatermarks, raiseWatermark, refuseToStart, type Watermark } from "./sign-state";

const watermark = fc.record({ height: fc.bigInt({ min: 0n, max: 1_000n }), round: fc.nat(5), step: fc.nat(3) });
const TIP = 2_000n;
const at = (height: bigint, round = 0, step = 3): Watermark => ({ height, round, step });

describe("sign state", () => {
  it("orders by height, then round, then step", () => {
    expect(compareWatermarks(at(5n), at(6n))).toBeLessThan(0);
    expect(compareWatermarks(at(6n, 1), at(6n, 0))).toBeGreaterThan(0);
    expect(compareWatermarks(at(6n, 1, 2), at(6n, 1, 3))).toBeLessThan(0);
    expect(compareWatermarks(at(6n), at(6n))).toBe(0);
  });

  it("never lowers a watermark, whatever it is told and in whatever order", () => {
    fc.assert(
      fc.property(fc.array(fc.option(watermark)), (seen) => {
        let kept: Watermark | null = null;
        for (const next of seen) {
          const raised: Watermark | null = raiseWatermark(kept, next, TIP);
          if (kept !== null) expect(raised !== null && compareWatermarks(raised, kept) >= 0).toBe(true);
          kept = raised;
        }
      }),
    );
  });

  it("refuses a volume that lost its sign state or brings an older one", () => {
    expect(refuseToStart(at(10n), null, TIP)).toBe("missing");
    expect(refuseToStart(at(10n), at(9n), TIP)).toBe("lower");
    expect(refuseToStart(at(10n, 1), at(10n, 0), TIP)).toBe("lower");
  });

  it("lets a volume start at or above its watermark, and a new one that never signed", () => {
    expect(refuseToStart(at(10n), at(10n), TIP)).toBeNull();
    expect(refuseToStart(at(10n), at(11n), TIP)).toBeNull();
    expect(refuseToStart(null, null, TIP)).toBeNull();
    expect(refuseToStart(at(0n, 0, 0), null, TIP)).toBeNull();
  });

  it("refuses what is above the tip, and never raises a watermark by it", () => {
    expect(refuseToStart(null, at(111n), 100n)).toBe("ahead");
    expect(refuseToStart(at(50n), at(9_000_000_000n), 100n)).toBe("ahead");
    expect(raiseWatermark(at(50n), at(111n), 100n)).toEqual(at(50n));
    expect(raiseWatermark(null, at(111n), 100n)).toBeNull();
    // The tip may be told by one that is behind, and a signer is a block ahead of it.
    expect(refuseToStart(null, at(110n), 100n)).toBeNull();
    expect(raiseWatermark(at(50n), at(110n), 100n)).toEqual(at(110n));
  });

  it("lets a node start while nobody tells the tip, and raises nothing by what cannot be held against one", () => {
    expect(refuseToStart(at(50n), at(60n), null)).toBeNull();
    expect(refuseToStart(at(50n), at(49n), null)).toBe("lower");
    expect(raiseWatermark(at(50n), at(60n), null)).toEqual(at(50n));
  });
});
