import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return (
    <ListLoading
      title="Capacity"
      facts="Slots held and free by region and size, counted from their rows. All sizes share a region's slots."
      columns={11}
      filters={0}
    />
  );
}
