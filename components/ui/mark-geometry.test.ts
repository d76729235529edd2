import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { MARK, PHI } from "./mark-geometry";

it("has bowl, height and width as 1 to phi to phi squared", () => {
  expect(MARK.rectangle.width / MARK.rectangle.height).toBeCloseTo(PHI, 3);
  expect(MARK.rectangle.height / (2 * MARK.bowl.r)).toBeCloseTo(PHI, 3);
});

it("has a stem as long as the rectangle is wide, standing out by the bowl's radius", () => {
  const [from = Number.NaN, to = Number.NaN] = MARK.stem
    .replace(/^M[\d.]+ /, "")
    .split("V")
    .map(Number);
  expect(to - from).toBeCloseTo(MARK.rectangle.width, 3);
  expect(MARK.rectangle.y - from).toBeCloseTo(MARK.bowl.r, 2);
});

it("cuts the rectangle at its golden section: a square to the left of the stem", () => {
  expect(MARK.bowl.cx - MARK.rectangle.x).toBeCloseTo(MARK.rectangle.height, 3);
  expect(MARK.stem.startsWith(`M${MARK.bowl.cx} `)).toBe(true);
});

it("is the same drawing in the favicon", () => {
  const icon = readFileSync(new URL("../../app/icon.svg", import.meta.url), "utf8");
  expect(icon).toContain(`d="${MARK.stem}"`);
  expect(icon).toContain(`r="${MARK.bowl.r}"`);
});
