import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return (
    <ListLoading
      title="Audit log"
      facts="Who changed what in this organisation; append-only, in one hash chain."
      columns={5}
      filters={3}
    />
  );
}
