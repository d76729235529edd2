import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { MARK, PHI } from "./mark-geometry";

it("stands in a golden rectangle, with the bowl to the stem as 1 to phi", () => {
  expect(MARK.rectangle.width / MARK.rectangle.height).toBeCloseTo(PHI, 3);
  expect(MARK.rectangle.height / (2 * MARK.bowl.r)).toBeCloseTo(PHI, 3);
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
