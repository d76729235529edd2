import { z } from "zod";

const known = new WeakMap<z.ZodType, z.ZodType>();

/** Shape of a page of a list, as `pageOf` makes it; of a named item, `RegionPage` and the like. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  const make = () => {
    const page = z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
    const id = item.meta()?.id;
    return id === undefined ? page : page.meta({ id: `${id}Page` });
  };
  // One name stands for one schema, however many lists have it.
  const page = (known.get(item) as ReturnType<typeof make> | undefined) ?? make();
  known.set(item, page);
  return page;
}
