import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return <ListLoading title="Transactions" columns={6} />;
}
