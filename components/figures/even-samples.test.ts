import { expect, it } from "vitest";
import { evenSamples } from "./even-samples";

const at = (minutes: number): string => new Date(minutes * 60_000).toISOString();
const raster = { fromMs: 0, toMs: 50 * 60_000, stepMs: 10 * 60_000 };

it("puts readings where they belong and leaves what nobody read empty", () => {
  const readings = [
    { at: at(0), value: 1 },
    { at: at(10), value: 2 },
    { at: at(19), value: 3 },
    { at: at(42), value: 4 },
  ];
  expect(evenSamples(readings, raster, ({ value }) => value)).toEqual([1, 3, null, null, 4]);
});

it("keeps a reading that says unknown as unknown, and ignores what lies outside", () => {
  const readings = [
    { at: at(-30), value: 9 },
    { at: at(20), value: null },
    { at: at(90), value: 9 },
  ];
  expect(evenSamples(readings, raster, ({ value }) => value)).toEqual([null, null, null, null, null]);
});
