import Link from "next/link";
import { memo } from "react";
import { classNames } from "@/components/ui/class-names";
import type { DataColumn } from "./data-column";

type DataTableBodyProps<Row> = {
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  rowHref?: (row: Row) => string;
};

/** Rows; below 768 px each is a card whose lines carry their column's name. */
export function DataTableBody<Row>({ columns, rows, rowId, rowHref }: DataTableBodyProps<Row>) {
  return (
    <tbody className="max-md:block">
      {rows.map((row) => (
        <BodyRow key={rowId(row)} row={row} columns={columns} href={rowHref?.(row)} />
      ))}
    </tbody>
  );
}

/** Drawn anew when its row, its link or the columns are others: a list is told of each block, and most of its rows are as they were. */
const BodyRow = memo(BodyRowParts) as typeof BodyRowParts;

function BodyRowParts<Row>({
  row,
  columns,
  href,
}: {
  row: Row;
  columns: readonly DataColumn<Row>[];
  href: string | undefined;
}) {
  return (
    <tr className="relative h-row border-b last:border-b-0 hover:bg-raised max-md:flex max-md:h-auto max-md:flex-col max-md:px-4 max-md:py-3">
      {columns.map((column) => {
        const cell = column.cell(row);
        const look = classNames(
          "px-3 first:pl-4 last:pr-4 max-md:flex max-md:min-h-7 max-md:items-center max-md:justify-between max-md:gap-4 max-md:p-0 max-md:text-right first:max-md:pl-0 last:max-md:pr-0",
          // A figure keeps its distance from words that begin beside it.
          column.align === "right" && "text-right md:not-last:pr-6",
        );
        if (column.isName) {
          return (
            <th
              key={column.id}
              scope="row"
              className={classNames(
                look,
                "text-left font-medium max-md:-order-1 max-md:mb-1 max-md:text-left max-md:text-base max-md:font-semibold",
              )}
            >
              {href === undefined ? (
                cell
              ) : (
                <Link
                  href={href}
                  className="underline-offset-2 after:absolute after:inset-0 after:md:hidden hover:underline"
                >
                  {cell}
                </Link>
              )}
            </th>
          );
        }
        return (
          <td
            key={column.id}
            // The whole card is the row's link: what else can be pressed in it stands above that link.
            className={classNames(
              look,
              "max-md:[&_:is(a,button,label,select)]:relative max-md:[&_:is(a,button,label,select)]:z-1",
              column.isAct && "max-md:justify-end",
            )}
          >
            {column.isAct ? null : (
              <span aria-hidden="true" className="shrink-0 text-xs text-ink-muted md:hidden">
                {column.header}
              </span>
            )}
            {cell}
          </td>
        );
      })}
    </tr>
  );
}
