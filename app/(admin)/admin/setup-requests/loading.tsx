import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return <ListLoading title="Setup requests" facts="Of every organisation, newest first." columns={9} filters={2} />;
}
