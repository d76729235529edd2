import { expect, it, vi } from "vitest";
import { toldAgain } from "./told-again";

const at = (ms: number) => new Date(1_700_000_000_000 + ms);

it("reads once for all who ask in its time, and anew after it or when the clock was set back", async () => {
  const read = vi.fn(async (_source: object, now: Date) => now.getTime());
  const ask = toldAgain(1_000, read);
  const source = {};
  const first = await Promise.all([ask(source, at(0)), ask(source, at(1)), ask(source, at(999))]);
  expect(new Set(first).size).toBe(1);
  expect(read).toHaveBeenCalledTimes(1);
  await ask(source, at(1_000));
  await ask(source, at(-5_000));
  expect(read).toHaveBeenCalledTimes(3);
});

it("keeps sources apart", async () => {
  const read = vi.fn(async (source: { name: string }) => source.name);
  const ask = toldAgain(1_000, read);
  expect(await Promise.all([ask({ name: "a" }, at(0)), ask({ name: "b" }, at(0))])).toEqual(["a", "b"]);
});

it("tells no failure again", async () => {
  const read = vi.fn(async () => "found").mockRejectedValueOnce(new Error("away"));
  const ask = toldAgain(1_000, read);
  const source = {};
  await expect(ask(source, at(0))).rejects.toThrow("away");
  expect(await ask(source, at(1))).toBe("found");
});
