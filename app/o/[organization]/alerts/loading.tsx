import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return <ListLoading title="Alerts" columns={5} />;
}
