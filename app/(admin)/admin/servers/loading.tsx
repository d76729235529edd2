import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return (
    <ListLoading
      title="Servers"
      facts="Of every region, newest first; each one's agent reports every 30 seconds."
      columns={10}
      filters={1}
    />
  );
}
