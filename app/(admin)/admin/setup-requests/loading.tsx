import { TableLoading } from "@/components/admin/table-loading";

export default function Loading() {
  return <TableLoading title="Setup requests" columns={9} />;
}
