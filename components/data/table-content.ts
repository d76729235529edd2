import type { DataTableContent } from "@/components/data-table/data-column";
import { failedRead } from "./failed-read";

type Read<Data> = {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly dataUpdatedAt: number;
};

/** A query as a table shows it: loading, failed, ready, or ready with rows that could not be read again. `subject` begins "… does not answer". */
export function tableContent<Row>(
  read: Read<{ readonly items: readonly Row[]; readonly nextCursor?: string | null }>,
  subject: string,
): DataTableContent<Row> {
  const failure = read.error ? failedRead(read.error, subject) : undefined;
  if (read.data === undefined) {
    return failure ? { status: "error", ...failure } : { status: "loading" };
  }
  return {
    status: "ready",
    rows: read.data.items,
    nextCursor: read.data.nextCursor ?? null,
    stale: failure
      ? {
          readAt: new Date(read.dataUpdatedAt).toISOString(),
          upstream: failure.upstream,
          sentence: failure.sentence,
        }
      : undefined,
  };
}
