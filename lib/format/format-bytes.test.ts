import { describe, expect, it } from "vitest";
import { formatBytes } from "./format-bytes";

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1 KiB"],
    [1536, "1.5 KiB"],
    [1_048_575, "1 MiB"],
    [214_748_364_800n, "200 GiB"],
    [10 * 1024 * 1024 + 300_000, "10.3 MiB"],
    [3n * 1024n ** 6n, "3072 PiB"],
  ])("writes %s bytes as %s", (sizeBytes, expected) => {
    expect(formatBytes(sizeBytes).replace(/[\u202f\u00a0]/g, " ")).toBe(expected);
  });

  it("refuses what is no size", () => {
    expect(() => formatBytes(-1)).toThrow(RangeError);
    expect(() => formatBytes(Number.NaN)).toThrow(RangeError);
  });
});
