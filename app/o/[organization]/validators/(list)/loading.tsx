import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return <ListLoading title="My validators" columns={8} filters={2} />;
}
