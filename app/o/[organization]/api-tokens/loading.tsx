import { TableLoading } from "@/components/data-table/table-loading";

export default function Loading() {
  return <TableLoading title="API tokens" columns={8} />;
}
