import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return <ListLoading title="Governance" columns={4} />;
}
