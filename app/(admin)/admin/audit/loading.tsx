import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return (
    <ListLoading
      title="Audit log"
      facts="Append-only; one hash chain an organisation, and one of the platform."
      columns={6}
      filters={4}
    />
  );
}
