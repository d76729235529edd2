import { TableLoading } from "@/components/admin/table-loading";

export default function Loading() {
  return <TableLoading title="Audit log" columns={6} />;
}
