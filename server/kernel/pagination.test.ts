import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type Cursor,
  decodeCursor,
  decodeOrderedCursor,
  encodeCursor,
  listInput,
  type Orders,
  pageOf,
  sortedListInput,
} from "./pagination";

const anInstant = fc.date({
  min: new Date("1970-01-01T00:00:00.000Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});
const position = (sort: string, id: string) => Buffer.from(JSON.stringify({ s: sort, i: id })).toString("base64url");

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
      fc.property(anInstant, fc.uuid(), (at, uuid) => {
        const [sort, id] = [at.toISOString(), `val_${uuid}`];
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
    ["forged with no instant", position("nonsense", "val_1")],
    ["forged with an instant that is none", position("2026-13-41T00:00:00.000Z", "val_1")],
    ["forged with what Postgres takes for an instant", position("infinity", "val_1")],
    ["forged beyond the years of an instant", position("+275760-09-13T00:00:00.000Z", "val_1")],
    ["forged with a null character", position("2026-01-01T00:00:00.000Z", "\u0000")],
    ["forged with half a character", position("2026-01-01T00:00:00.000Z", "\ud800")],
    ["forged with SQL", position("2026-01-01'; drop table users; --", "x' or 1=1")],
  ])("is refused when it is %s", (_, text) => {
    expect(codeOf(() => decodeCursor(text))).toBe("kernel.bad_cursor");
  });
});

describe("a cursor of a list with several orders", () => {
  const names = ["-createdAt", "createdAt", "name"] as const;
  const orders: Orders<(typeof names)[number]> = { names, kinds: { createdAt: "instant", name: "text" } };
  const at = "2026-01-01T00:00:00.000Z";
  const codeFor = (text: string, order: (typeof names)[number]) =>
    codeOf(() => decodeOrderedCursor(text, order, orders));

  it("comes back with its order, whatever a name is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (name) => {
        fc.pre(!/[\p{Cc}\p{Cs}]/u.test(name));
        const cursor = { sort: name, id: "val_1", order: "name" };
        expect(decodeOrderedCursor(encodeCursor(cursor), "name", orders)).toEqual(cursor);
      }),
    );
    expect(decodeOrderedCursor(undefined, "name", orders)).toBeUndefined();
  });

  it("is of the list's own order when it names none, as those of an older release", () => {
    const older = encodeCursor({ sort: at, id: "val_1" });
    expect(decodeOrderedCursor(older, "-createdAt", orders)).toEqual({ sort: at, id: "val_1", order: "-createdAt" });
    expect(codeFor(older, "name")).toBe("kernel.cursor_of_other_order");
  });

  it.each([
    ["of another key", { sort: at, id: "val_1", order: "-createdAt" }, "name", "kernel.cursor_of_other_order"],
    [
      "of the other direction",
      { sort: at, id: "val_1", order: "-createdAt" },
      "createdAt",
      "kernel.cursor_of_other_order",
    ],
    ["of an order that the list lacks", { sort: at, id: "val_1", order: "walletAddress" }, "name", "kernel.bad_cursor"],
    [
      "with a name for an instant",
      { sort: "aurora", id: "val_1", order: "createdAt" },
      "createdAt",
      "kernel.bad_cursor",
    ],
    ["with a null character", { sort: "a\u0000", id: "val_1", order: "name" }, "name", "kernel.bad_cursor"],
    ["with half a character", { sort: "\ud800", id: "val_1", order: "name" }, "name", "kernel.bad_cursor"],
    ["with a name that no row has", { sort: "a".repeat(201), id: "val_1", order: "name" }, "name", "kernel.bad_cursor"],
  ] as const)("is refused %s", (_, cursor, order, code) => {
    expect(codeFor(encodeCursor(cursor), order)).toBe(code);
  });

  it("is no cursor of a list with one order", () => {
    expect(codeOf(() => decodeCursor(encodeCursor({ sort: at, id: "val_1", order: "createdAt" })))).toBe(
      "kernel.bad_cursor",
    );
  });

  it("begins with the first of the orders, and knows no other", () => {
    const input = z.strictObject(sortedListInput(names));
    expect(input.parse({}).sort).toBe("-createdAt");
    expect(input.parse({ sort: "name" }).sort).toBe("name");
    expect(input.safeParse({ sort: "-name" }).success).toBe(false);
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
      const after = cursor === undefined ? -1 : Date.parse(cursor.sort);
      const fetched = rows.filter((row) => row > after).slice(0, limit + 1);
      const page = pageOf(
        fetched,
        limit,
        (row) => ({ sort: new Date(row).toISOString(), id: String(row) }),
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
