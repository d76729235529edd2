"use client";

import type { ReactNode } from "react";
import { tableContent } from "@/components/data/table-content";
import type { DataColumn, DataFilter } from "@/components/data-table/data-column";
import { DataTable } from "@/components/data-table/data-table";
import { PageHeader, type PageHeaderProps } from "./page-header";

type ListPageProps<Row> = PageHeaderProps & {
  /** Keeps the reader's choice of columns; also the CSV's file name. */
  id: string;
  /** What the rows are, for readers who do not see the head; the title unless told. */
  label?: string;
  /** Begins "… does not answer". */
  subject: string;
  read: Parameters<typeof tableContent<Row>>[0] & { readonly refetch: () => unknown };
  columns: readonly DataColumn<Row>[];
  filters?: readonly DataFilter[];
  rowId: (row: Row) => string;
  /** The page of one row; its name column becomes the link. */
  rowHref?: (row: Row) => string;
  /** An `EmptyState`, for when there is nothing at all. */
  empty: ReactNode;
  /** Stands between head and table: a sentence, a refusal, what waits for the reader. */
  lead?: ReactNode;
  /** Stands in the place of the table, where the rows are kept elsewhere. */
  instead?: ReactNode;
  /** Parts below the table, and the sheets that acts open. */
  children?: ReactNode;
};

/** The page of a list: its head, what is to be said first, and the table with its filters and its four states. */
export function ListPage<Row>({
  id,
  title,
  trail,
  facts,
  actions,
  label = title,
  subject,
  read,
  lead,
  instead,
  children,
  ...table
}: ListPageProps<Row>) {
  return (
    <>
      <PageHeader title={title} trail={trail} facts={facts} actions={actions} />
      <div className="grid gap-4">
        {lead}
        {instead ?? (
          <DataTable
            id={id}
            label={label}
            content={tableContent(read, subject)}
            onRetry={() => void read.refetch()}
            {...table}
          />
        )}
        {children}
      </div>
    </>
  );
}
