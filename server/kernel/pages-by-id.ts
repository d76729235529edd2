import { z } from "zod";
import { pagesAfter } from "./pages-after";

/** Input of a sweep: rows that are held in memory at once. */
export const SweepPage = z.strictObject({ pageSize: z.number().int().min(1).max(1_000).default(100) });

/** The pages of a list that is read in the order of ids. `readPage` gives at most `pageSize` rows with ids above `afterId`. */
export const pagesById = <Row extends { readonly id: string }>(
  pageSize: number,
  readPage: (afterId: string) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> => pagesAfter<Row>(pageSize, (last) => readPage(last?.id ?? ""));
