import { TableLoading } from "@/components/data-table/table-loading";

export default function Loading() {
  return <TableLoading title="Members" columns={5} />;
}
