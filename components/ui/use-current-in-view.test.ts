import { expect, it } from "vitest";
import { beyond } from "./use-current-in-view";

it.each([
  ["within", 10, 40, 0],
  ["beyond the end", 90, 130, 30],
  ["before the start", -25, 5, -25],
  ["wider than its room, and beyond the end: its start is kept in view", 60, 260, 60],
])("scrolls to a link that lies %s", (_, start, end, expected) => {
  expect(beyond(start, end, 0, 100)).toBe(expected);
});
