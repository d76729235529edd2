import { TableLoading } from "@/components/admin/table-loading";

export default function Loading() {
  return <TableLoading title="Nodes" columns={9} />;
}
