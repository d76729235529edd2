import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzzRuns } from "@/tests/support/fuzz-runs";
import {
  type BlockCell,
  countStates,
  fillWindow,
  fitGrid,
  heightAt,
  pathOfEmptySlots,
  pathsByState,
  previousIn,
  slotOf,
} from "./block-grid-layout";

const block = (heightBlocks: number, state: BlockCell["state"] = "signed"): BlockCell => ({ heightBlocks, state });

describe("fillWindow", () => {
  it("shows a height that nobody reported as unknown, never as signed", () => {
    const window = fillWindow([block(10), block(12), block(13, "missed")], 5);
    expect(window.map((each) => [each.heightBlocks, each.state])).toEqual([
      [9, "unknown"],
      [10, "signed"],
      [11, "unknown"],
      [12, "signed"],
      [13, "missed"],
    ]);
    expect(countStates(window)).toEqual({ signed: 2, missed: 1, absent: 0, unknown: 2 });
  });

  it("does not go below the first block of a young chain", () => {
    expect(fillWindow([block(1), block(2)], 200).map((each) => each.heightBlocks)).toEqual([1, 2]);
    expect(fillWindow([], 200)).toEqual([]);
  });

  it("keeps the order right when blocks come unsorted", () => {
    expect(fillWindow([block(3), block(1), block(2)], 3).map((each) => each.heightBlocks)).toEqual([1, 2, 3]);
  });
});

describe("the slots of a young chain", () => {
  const cells = (path: string) => path.split("M").length - 1;
  it("are drawn empty until the chain comes to them, and never again", () => {
    const grid = { capacity: 200, columns: 50, pitchPx: 15 };
    expect(cells(pathOfEmptySlots(43, grid))).toBe(157);
    expect(pathOfEmptySlots(199, grid)).toMatch(/^M735 45h/);
    expect(pathOfEmptySlots(200, grid)).toBe("");
    expect(pathOfEmptySlots(4_321, grid)).toBe("");
  });
});

describe("the sweep", () => {
  const grids = fc.record({
    capacity: fc.integer({ min: 1, max: 400 }),
    columns: fc.integer({ min: 1, max: 60 }),
    newest: fc.integer({ min: 1, max: 5_000_000 }),
  });

  it("gives each block of a window its own slot, and finds it there again", () => {
    fc.assert(
      fc.property(grids, ({ capacity, columns, newest }) => {
        const oldest = Math.max(1, newest - capacity + 1);
        const slots = new Set<string>();
        for (let height = oldest; height <= newest; height += 1) {
          const { column, row } = slotOf(height, capacity, columns);
          slots.add(`${column},${row}`);
          expect(heightAt(column, row, { capacity, columns, oldest, newest })).toBe(height);
        }
        expect(slots.size).toBe(newest - oldest + 1);
      }),
      { numRuns: fuzzRuns(60) },
    );
  });

  it("leaves every block where it was when the next one comes", () => {
    expect(slotOf(1_204, 200, 50)).toEqual(slotOf(1_204, 200, 50));
    expect(slotOf(1_205, 200, 50)).toEqual(slotOf(1_005, 200, 50));
  });

  it("has nothing beside the grid and in slots not yet reached", () => {
    const grid = { capacity: 20, columns: 10, oldest: 1, newest: 12 };
    expect(heightAt(1, 1, grid)).toBe(12);
    expect(heightAt(2, 1, grid)).toBeUndefined();
    expect(heightAt(10, 0, grid)).toBeUndefined();
    expect(heightAt(0, 2, grid)).toBeUndefined();
    expect(heightAt(-1, 0, grid)).toBeUndefined();
  });
});

it("draws one square for each block, in its state's path", () => {
  const window = fillWindow([block(1), block(2, "missed"), block(3, "absent"), block(5)], 10);
  const paths = pathsByState(window, { capacity: 10, columns: 10, pitchPx: 16 });
  const squares = (path: string) => path.split("M").length - 1;
  expect([paths.signed, paths.missed, paths.absent, paths.unknown].map(squares)).toEqual([2, 1, 1, 1]);
  expect(paths.missed).toBe("M16 0h14v14h-14z");
});

it("steps from miss to miss, backwards", () => {
  const window = fillWindow([block(1, "missed"), block(2), block(3, "missed"), block(4)], 10);
  expect(previousIn(window, 4, "missed")).toBe(3);
  expect(previousIn(window, 3, "missed")).toBe(1);
  expect(previousIn(window, 1, "missed")).toBeUndefined();
});

describe("fitGrid", () => {
  it.each([
    [200, 1_152, 50, 23],
    [200, 326, 20, 16],
    [200, 90, 10, 15],
    [600, 1_152, 100, 11],
    [600, 1_198, 100, 12],
    [10_000, 1_152, 160, 7],
    [20, 1_152, 20, 24],
  ])("lays %i blocks out in %i px with %i columns of %i px", (capacity, widthPx, columns, pitchPx) => {
    expect(fitGrid(capacity, widthPx)).toEqual({ columns, pitchPx });
  });
});
