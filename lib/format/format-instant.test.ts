import { expect, it } from "vitest";
import { formatInstant } from "./format-instant";

it("writes an instant to the second, with its zone", () => {
  const atMs = Date.UTC(2026, 2, 1, 0, 4, 9);
  expect(formatInstant(atMs, "UTC")).toBe("1 Mar 2026, 00:04:09 UTC");
  expect(formatInstant(atMs, "Asia/Tokyo")).toBe("1 Mar 2026, 09:04:09 GMT+9");
});
