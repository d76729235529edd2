import type { DataTableContent } from "@/components/data-table/data-column";
import { shownError } from "./trpc-client";

type Read<Data> = {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly dataUpdatedAt: number;
};

/** A query as a table shows it: loading, failed, ready, or ready with rows that could not be read again. `upstream` begins "… does not answer". */
export function tableContent<Row>(
  read: Read<{ readonly items: readonly Row[]; readonly nextCursor?: string | null }>,
  upstream: string,
): DataTableContent<Row> {
  const failure = read.error ? shownError(read.error) : undefined;
  if (read.data === undefined) {
    return failure
      ? { status: "error", upstream, sentence: failure.message, code: failure.code }
      : { status: "loading" };
  }
  return {
    status: "ready",
    rows: read.data.items,
    nextCursor: read.data.nextCursor ?? null,
    stale: failure
      ? { readAt: new Date(read.dataUpdatedAt).toISOString(), upstream, sentence: failure.message }
      : undefined,
  };
}
