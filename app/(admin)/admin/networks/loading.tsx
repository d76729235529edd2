import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return (
    <ListLoading
      title="Networks"
      facts="Each is one Cosmos chain: followed while it is active, and checked against the chain itself before it is kept."
      columns={9}
      filters={0}
    />
  );
}
