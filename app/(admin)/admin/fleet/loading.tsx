import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return (
    <ListLoading
      title="Fleet"
      facts="Validators and nodes of every organisation, newest first."
      columns={10}
      filters={7}
    />
  );
}
