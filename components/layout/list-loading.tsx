import { DataTableSkeleton } from "@/components/data-table/data-table-skeleton";
import { Skeleton } from "@/components/ui/skeleton";
import { PageHeader } from "./page-header";

type ListLoadingProps = {
  title: string;
  /** The line below the title, where it is known before the rows are. */
  facts?: string;
  columns: number;
  filters?: number;
};

/** A `ListPage` while its first rows are read; head, tools and rows have the size of what comes. */
export function ListLoading({ title, facts, columns, filters = 0 }: ListLoadingProps) {
  const placeholders = Array.from({ length: columns }, (_, index) => ({ id: String(index) }));
  return (
    <>
      <PageHeader title={title} facts={facts} />
      <div aria-busy="true" className="min-w-0">
        <div className="mb-2 flex min-h-row flex-wrap gap-2">
          {placeholders.slice(0, filters).map(({ id }) => (
            <Skeleton key={id} className="h-row w-full sm:w-52" />
          ))}
        </div>
        <div className="overflow-hidden rounded-md border bg-panel">
          <table className="w-full border-collapse text-sm max-md:block">
            <thead className="max-md:sr-only">
              <tr className="h-8 border-b" />
            </thead>
            <DataTableSkeleton columns={placeholders} />
          </table>
        </div>
      </div>
    </>
  );
}
