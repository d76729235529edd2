import { TableLoading } from "@/components/admin/table-loading";

export default function Loading() {
  return <TableLoading title="Job runs" columns={7} />;
}
