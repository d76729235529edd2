import { z } from "zod";
import { invalid } from "./errors";
import { instantText } from "./text";

/** Bounds of every list: 1 to 100, 20 when not said. */
export const listInput = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(500).optional(),
};

/** One page; `nextCursor` is null on the last. Order is stable: newest first unless the list says otherwise. */
export type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };

/** Opaque position behind the last row: the instant it is sorted by (ISO 8601 in UTC) and its id. */
export type Cursor = { readonly sort: string; readonly id: string };

// Everybody can write a cursor: what is in it goes into a query, so it must be of the shape that lists give out.
const cursorShape = z.strictObject({
  s: instantText,
  i: z.string().regex(/^[\x21-\x7e]{1,100}$/),
});

/** Writes a position as URL-safe text. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify({ s: cursor.sort, i: cursor.id })).toString("base64url");
}

/** Reads a position. @throws invalid kernel.bad_cursor */
export function decodeCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  try {
    const parsed = cursorShape.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return { sort: parsed.s, id: parsed.i };
  } catch (cause) {
    throw invalid("kernel.bad_cursor", "The cursor is not one that this list gave out. Start again without it.", {
      fieldErrors: { cursor: ["not a cursor of this list"] },
      cause,
    });
  }
}

/** Cuts `limit + 1` fetched rows to a page and says where the next begins. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => Cursor,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return {
    items: kept.map(itemOf),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null,
  };
}
