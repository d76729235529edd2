import { z } from "zod";
import { invalid } from "./errors";
import { boundedText, instantText } from "./text";

/** Bounds of every list: 1 to 100, 20 when not said. */
export const listInput = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(500).optional(),
};

/** One page; `nextCursor` is null on the last. Order is stable: newest first unless the list says otherwise. */
export type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };

/** Opaque position behind the last row: what it is sorted by (an instant in ISO 8601 and UTC, or text), its id, and in which order of several. */
export type Cursor = { readonly sort: string; readonly id: string; readonly order?: string };

type KeyOf<Order extends string> = Order extends `-${infer Key}` ? Key : Order;
/** What a key holds. Both kinds are kept as text; in the query each becomes what its column is. */
export type SortKind = "instant" | "text";

/** Orders of a list that has several: `name` sorts upwards, `-name` downwards; the first is its own when none is asked for. */
export type Orders<Order extends string = string> = {
  readonly names: readonly [Order, ...Order[]];
  readonly kinds: Readonly<Record<KeyOf<Order>, SortKind>>;
};

/** The key of an order, and its direction. */
export const readOrder = <Order extends string>(order: Order) => ({
  key: order.replace(/^-/, "") as KeyOf<Order>,
  isDescending: order.startsWith("-"),
});

/** Input of a list that has several orders, each backed by an index. */
export const sortedListInput = <const Order extends string>(names: readonly [Order, ...Order[]]) => ({
  ...listInput,
  sort: z
    .enum(names)
    .default(names[0] as z.util.NoUndefined<Order>)
    .meta({
      description:
        "Key to sort by, with a minus before it for downwards. A cursor belongs to the order it was given out in.",
    }),
});

// Everybody can write a cursor: what is in it goes into a query, so it must be of the shape that lists give out.
const idShape = z.string().regex(/^[\x21-\x7e]{1,100}$/);
const keyText = boundedText(200).refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text));
const cursorShape = z.strictObject({ s: instantText, i: idShape });
const orderedShape = z.strictObject({ s: z.string(), i: idShape, o: z.string().max(40) });

/** Writes a position as URL-safe text. */
export function encodeCursor({ sort, id, order }: Cursor): string {
  return Buffer.from(JSON.stringify({ s: sort, i: id, ...(order === undefined ? {} : { o: order }) })).toString(
    "base64url",
  );
}

const badCursor = (cause: unknown) =>
  invalid("kernel.bad_cursor", "The cursor is not one that this list gave out. Start again without it.", {
    fieldErrors: { cursor: ["not a cursor of this list"] },
    cause,
  });

function readCursor<Out>(text: string, shape: z.ZodType<Out>): Out {
  try {
    return shape.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch (cause) {
    throw badCursor(cause);
  }
}

/** Reads a position. @throws invalid kernel.bad_cursor */
export function decodeCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  const { s: sort, i: id } = readCursor(text, cursorShape);
  return { sort, id };
}

/**
 * Reads a position in a list of several orders. One without an order is of the time when the list had its first alone.
 * @throws invalid kernel.bad_cursor, invalid kernel.cursor_of_other_order
 */
export function decodeOrderedCursor<Order extends string>(
  text: string | undefined,
  order: Order,
  { names, kinds }: Orders<Order>,
): Cursor | undefined {
  if (text === undefined) return undefined;
  const read = readCursor(text, z.union([orderedShape, cursorShape]));
  const own = "o" in read ? read.o : names[0];
  if (names.every((name) => name !== own)) throw badCursor(undefined);
  if (own !== order) {
    throw invalid(
      "kernel.cursor_of_other_order",
      `The cursor was given out for the order ${own}, and the list is asked for in the order ${order}. Start again without it.`,
      { fieldErrors: { cursor: [`a cursor of the order ${own}`] } },
    );
  }
  const value = (kinds[readOrder(order).key] === "instant" ? instantText : keyText).safeParse(read.s);
  if (!value.success) throw badCursor(value.error);
  return { sort: value.data, id: read.i, order };
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
