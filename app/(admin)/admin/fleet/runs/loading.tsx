import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return <ListLoading title="Bulk runs" facts="Acts on many nodes, newest first." columns={6} />;
}
