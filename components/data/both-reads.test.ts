import { describe, expect, it, vi } from "vitest";
import { bothReads } from "./both-reads";

const read = <Data>(data: Data | undefined, dataUpdatedAt: number, error: unknown = null) => ({
  data,
  error,
  dataUpdatedAt,
  refetch: vi.fn(async () => undefined),
});

describe("two reads as one", () => {
  it("are there only once both are", () => {
    expect(bothReads(read("a", 1), read(undefined, 0)).data).toBeUndefined();
    expect(bothReads(read("a", 1), read(null, 2)).data).toEqual(["a", null]);
  });

  it("are as old as the older, and fail with either", () => {
    const failed = bothReads(read("a", 7), read("b", 3, "silent"));
    expect(failed).toMatchObject({ dataUpdatedAt: 3, error: "silent", data: ["a", "b"] });
  });

  it("are asked again together", async () => {
    const [first, second] = [read("a", 1), read("b", 1)];
    await bothReads(first, second).refetch();
    expect([first.refetch, second.refetch].map((ask) => ask.mock.calls.length)).toEqual([1, 1]);
  });
});
