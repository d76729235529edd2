import { z } from "zod";

/** Shape of a page of a list, as `pageOf` makes it. */
export const pageSchema = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
