import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return (
    <ListLoading
      title="Job runs"
      facts="Durable functions of this installation, newest first."
      columns={7}
      filters={2}
    />
  );
}
