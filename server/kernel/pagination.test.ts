import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Cursor, decodeCursor, encodeCursor, listInput, pageOf } from "./pagination";

const codeOf = (body: () => unknown): unknown => {
  try {
    body();
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error && "code" in thrown ? thrown.code : thrown;
  }
};

describe("a cursor", () => {
  it("comes back as it went out, as URL-safe text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (sort, id) => {
        const text = encodeCursor({ sort, id });
        expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(decodeCursor(text)).toEqual({ sort, id });
      }),
    );
  });

  it("may be absent", () => {
    expect(decodeCursor(undefined)).toBeUndefined();
  });

  it.each([
    ["empty text", ""],
    ["no JSON", "abc"],
    ["another list's shape", Buffer.from('{"s":"1","i":"2","x":1}').toString("base64url")],
    ["numbers", Buffer.from('{"s":1,"i":2}').toString("base64url")],
    ["null", Buffer.from("null").toString("base64url")],
  ])("is refused when it is %s", (_, text) => {
    expect(codeOf(() => decodeCursor(text))).toBe("kernel.bad_cursor");
  });
});

describe("listInput", () => {
  const input = z.strictObject(listInput);

  it.each([
    [{}, 20],
    [{ limit: 1 }, 1],
    [{ limit: "100" }, 100],
  ])("reads %j as a limit of %i", (given, limit) => {
    expect(input.parse(given).limit).toBe(limit);
  });

  it.each([{ limit: 0 }, { limit: 101 }, { limit: 1.5 }, { limit: "many" }, { unknown: 1 }])("refuses %j", (given) => {
    expect(input.safeParse(given).success).toBe(false);
  });
});

describe("pageOf", () => {
  /** Reads a list of that length page by page, as a client does, from a source that is asked for one row more than shown. */
  const readAll = (rows: readonly number[], limit: number): number[] => {
    const seen: number[] = [];
    let cursor: Cursor | undefined;
    for (let round = 0; round <= rows.length; round += 1) {
      const after = cursor === undefined ? -1 : Number(cursor.sort);
      const fetched = rows.filter((row) => row > after).slice(0, limit + 1);
      const page = pageOf(
        fetched,
        limit,
        (row) => ({ sort: String(row), id: String(row) }),
        (row) => row,
      );
      expect(page.items.length).toBeLessThanOrEqual(limit);
      seen.push(...page.items);
      if (page.nextCursor === null) return seen;
      cursor = decodeCursor(page.nextCursor);
    }
    throw new Error("the list has no end");
  };

  it("shows every row once, in order, and then ends", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }), (count, limit) => {
        const rows = Array.from({ length: count }, (_, index) => index);
        expect(readAll(rows, limit)).toEqual(rows);
      }),
    );
  });
});
