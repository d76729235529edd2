"use client";

import { PageHeader } from "@/components/layout/page-header";
import { DataTableBody } from "./data-table-body";

/** An operator's list while its first rows are read; as large as what comes. */
export function TableLoading({ title, columns }: { title: string; columns: number }) {
  const placeholders = Array.from({ length: columns }, (_, index) => ({
    id: String(index),
    header: "",
    cell: () => null,
  }));
  return (
    <>
      <PageHeader title={title} />
      <div aria-busy="true" className="mt-10 overflow-x-auto rounded-md border bg-panel">
        <table className="w-full border-collapse text-sm max-md:block">
          <DataTableBody columns={placeholders} rows={[]} isLoading />
        </table>
      </div>
    </>
  );
}
