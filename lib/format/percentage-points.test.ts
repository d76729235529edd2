import { expect, it } from "vitest";
import { percentagePoints } from "./percentage-points";

it.each([
  ["1", "1\u00a0percentage point"],
  ["1.0", "1\u00a0percentage point"],
  [" 01 ", "1\u00a0percentage point"],
  ["1.50", "1.5\u00a0percentage points"],
  ["much", "much\u00a0percentage points"],
  ["0.5", "0.5\u00a0percentage points"],
  ["10", "10\u00a0percentage points"],
])("writes %s", (points, words) => {
  expect(percentagePoints(points)).toBe(words);
});
