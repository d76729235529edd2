import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstId, idPattern, prefixedId, uuidv7 } from "./ids";

const LAST_MILLISECOND = 2 ** 48 - 1;

describe("uuidv7", () => {
  it("has version 7, the RFC's variant, and its time in the first 48 bits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LAST_MILLISECOND }), (nowMs) => {
        const uuid = uuidv7(nowMs);
        expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(Number.parseInt(uuid.replaceAll("-", "").slice(0, 12), 16)).toBe(nowMs);
      }),
    );
  });

  it("sorts as text by the time of making", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: LAST_MILLISECOND - 1 }),
        fc.integer({ min: 1, max: 1_000 }),
        (nowMs, laterByMs) => {
          const later = Math.min(nowMs + laterByMs, LAST_MILLISECOND);
          expect(uuidv7(nowMs) < uuidv7(later)).toBe(true);
        },
      ),
    );
  });

  it("neither repeats nor loses the order of making within one millisecond", () => {
    const made = Array.from({ length: 10_000 }, () => uuidv7(1_700_000_000_000));
    expect(new Set(made).size).toBe(made.length);
    expect([...made].sort()).toEqual(made);
  });

  it("begins each millisecond with random bits of its own", () => {
    const tails = Array.from({ length: 1_000 }, (_, index) => uuidv7(1_700_000_000_000 + index).slice(15));
    expect(new Set(tails).size).toBe(tails.length);
  });
});

describe("prefixed ids", () => {
  it("match their own pattern and no other's", () => {
    const id = prefixedId("val");
    expect(idPattern("val").test(id)).toBe(true);
    expect(idPattern("va").test(id)).toBe(false);
    expect(idPattern("vol").test(id)).toBe(false);
  });

  it("are found among other values", () => {
    const id = prefixedId("node");
    expect(firstId([7, "node", `x ${id}`, id, prefixedId("val")])).toBe(id);
    expect(firstId([null, "req_1"])).toBeNull();
  });

  it.each([
    ["an id with text before it", (id: string) => `x${id}`],
    ["an id with text behind it", (id: string) => `${id}0`],
    ["an id and a line break", (id: string) => `${id}\n`],
    ["capitals", (id: string) => id.toUpperCase()],
    ["the bare UUID", (id: string) => id.slice(id.indexOf("_") + 1)],
  ])("refuse %s", (_, change) => {
    expect(idPattern("usr").test(change(prefixedId("usr")))).toBe(false);
  });
});
