import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return (
    <ListLoading
      title="Nodes"
      facts="Of every organisation, newest first; each is asked every few seconds."
      columns={9}
      filters={3}
    />
  );
}
