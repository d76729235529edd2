"use client";

import { ArrowDown, ArrowUp, ArrowUpDown } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { DataColumn } from "./data-column";
import type { TableQuery } from "./table-query";

type DataTableHeadProps<Row> = {
  columns: readonly DataColumn<Row>[];
  sort: TableQuery["sort"];
  onSort: (column: string) => void;
};

const SORT_ICON = { asc: ArrowUp, desc: ArrowDown, none: ArrowUpDown } as const;
const ARIA_SORT = { asc: "ascending", desc: "descending", none: "none" } as const;

/** Column heads; those the server can sort by are buttons. */
export function DataTableHead<Row>({ columns, sort, onSort }: DataTableHeadProps<Row>) {
  return (
    <thead className="max-md:sr-only">
      <tr className="border-b">
        {columns.map((column) => {
          const direction = sort?.column === column.id ? sort.direction : "none";
          const Icon = SORT_ICON[direction];
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={column.isSortable ? ARIA_SORT[direction] : undefined}
              className={classNames(
                "h-8 px-3 text-xs font-normal whitespace-nowrap text-ink-muted first:pl-4 last:pr-4",
                column.width,
                column.align === "right" ? "text-right not-last:pr-6" : "text-left",
              )}
            >
              {column.isSortable ? (
                <button
                  type="button"
                  onClick={() => onSort(column.id)}
                  className={classNames(
                    "group inline-flex items-center gap-1 hover:text-ink",
                    column.align === "right" && "flex-row-reverse",
                  )}
                >
                  {column.header}
                  <Icon
                    aria-hidden="true"
                    className={classNames(
                      "size-3",
                      direction === "none" && "opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60",
                    )}
                  />
                </button>
              ) : (
                column.header
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
