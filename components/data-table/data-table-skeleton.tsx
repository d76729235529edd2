import { classNames } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/skeleton";
import type { DataColumn } from "./data-column";

const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** What stands in the place of rows while they are read. */
export function DataTableSkeleton({ columns }: { columns: readonly Pick<DataColumn<never>, "id" | "align">[] }) {
  return (
    <tbody className="max-md:block">
      {ROWS.map((key) => (
        <tr key={key} className="h-row border-b last:border-b-0 max-md:block max-md:p-4">
          {columns.map((column) => (
            <td key={column.id} className="px-3 first:pl-4 last:pr-4 max-md:block max-md:px-0 max-md:py-1.5">
              <Skeleton className={classNames("h-3 w-24 max-w-full", column.align === "right" && "md:ml-auto")} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
