"use client";

import Link from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useMemo, useTransition } from "react";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import type { DataColumn, DataFilter, DataTableContent } from "./data-column";
import { DataTableBody } from "./data-table-body";
import { DataTableHead } from "./data-table-head";
import { DataTableSkeleton } from "./data-table-skeleton";
import { DataTableTools } from "./data-table-tools";
import { changeTableQuery, nextSort, readTableQuery, withoutFilters } from "./table-query";
import { useHiddenColumns } from "./use-hidden-columns";

type DataTableProps<Row> = {
  /** Keeps the reader's choice of columns; also the CSV's file name. */
  id: string;
  /** What the rows are: "Setup requests". */
  label: string;
  /** The same array from one drawing to the next, or every row is drawn anew each time. */
  columns: readonly DataColumn<Row>[];
  filters?: readonly DataFilter[];
  content: DataTableContent<Row>;
  rowId: (row: Row) => string;
  /** The page of one row; its name column becomes the link. */
  rowHref?: (row: Row) => string;
  /** An `EmptyState`, for when there is nothing at all. */
  empty: ReactNode;
  onRetry?: () => void;
};

/** Rows for finding and comparing. Sort, filters and page stand in the address and are the server's to answer; cards on narrow screens. */
export function DataTable<Row>({
  id,
  label,
  columns,
  filters = [],
  content,
  rowId,
  rowHref,
  empty,
  onRetry,
}: DataTableProps<Row>) {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams();
  const [isPending, startTransition] = useTransition();
  const parameters = useMemo(
    () => ({
      sortable: columns.filter((column) => column.isSortable).map((column) => column.id),
      filters: filters.map((filter) => filter.name),
    }),
    [columns, filters],
  );
  const query = readTableQuery(new URLSearchParams(search), parameters);
  const [hidden, showColumn] = useHiddenColumns(
    id,
    columns.filter((column) => column.isHiddenAtFirst).map((column) => column.id),
  );
  const rows = content.status === "ready" ? content.rows : [];
  const shown = useMemo(
    () => columns.filter((column) => column.isName === true || !hidden.has(column.id)),
    [columns, hidden],
  );
  const go = (next: URLSearchParams) => startTransition(() => router.replace(`${pathname}?${next}`, { scroll: false }));
  const hasFilters = Object.keys(query.filters).length > 0;
  const isEmpty = content.status === "ready" && rows.length === 0 && query.cursor === undefined;

  if (isEmpty && !hasFilters) return <div className="rounded-md border bg-panel">{empty}</div>;
  return (
    <div className="min-w-0">
      <DataTableTools
        id={id}
        columns={columns}
        shown={shown}
        rows={rows}
        filters={filters}
        values={query.filters}
        onFilter={(name, value) => go(changeTableQuery(new URLSearchParams(search), { filter: { name, value } }))}
        onShowColumn={showColumn}
      />
      {content.status === "ready" && content.stale ? (
        <div className="mb-2">
          <UpstreamDown
            upstream={content.stale.upstream}
            sentence={content.stale.sentence}
            shownAt={content.stale.readAt}
            onRetry={onRetry}
          />
        </div>
      ) : null}
      <div className="overflow-x-auto rounded-md border bg-panel" aria-busy={isPending || content.status === "loading"}>
        <table className={classNames("w-full border-collapse text-sm max-md:block", isPending && "opacity-60")}>
          <caption className="sr-only">{label}</caption>
          <DataTableHead
            columns={shown}
            sort={query.sort}
            onSort={(column) =>
              go(changeTableQuery(new URLSearchParams(search), { sort: nextSort(query.sort, column) }))
            }
          />
          {content.status === "loading" ? (
            <DataTableSkeleton columns={shown} />
          ) : (
            <DataTableBody columns={shown} rows={rows} rowId={rowId} {...(rowHref ? { rowHref } : {})} />
          )}
        </table>
        {content.status === "error" ? (
          <UpstreamDown
            fills
            upstream={content.upstream}
            sentence={content.sentence}
            code={content.code}
            onRetry={onRetry}
          />
        ) : null}
        {isEmpty ? (
          <div className="flex flex-col items-center gap-3 px-6 py-10 text-center text-ink-muted">
            Nothing has all of these filters.
            <Button size="small" onClick={() => go(withoutFilters(new URLSearchParams(search), parameters))}>
              Clear filters
            </Button>
          </div>
        ) : null}
      </div>
      {content.status === "ready" && (content.nextCursor !== null || query.cursor !== undefined) ? (
        <nav aria-label="Pages of the table" className="mt-2 flex items-center justify-end gap-2">
          {query.cursor === undefined ? null : (
            <Button asChild size="small">
              <Link href={`${pathname}?${changeTableQuery(new URLSearchParams(search), { cursor: undefined })}`}>
                First page
              </Link>
            </Button>
          )}
          {content.nextCursor === null ? null : (
            <Button asChild size="small">
              <Link
                href={`${pathname}?${changeTableQuery(new URLSearchParams(search), { cursor: content.nextCursor })}`}
              >
                Next page
              </Link>
            </Button>
          )}
        </nav>
      ) : null}
    </div>
  );
}
