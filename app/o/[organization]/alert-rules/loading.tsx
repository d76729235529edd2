import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return <ListLoading title="Alert rules" columns={6} />;
}
