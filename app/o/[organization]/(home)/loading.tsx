import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <div className="grid max-w-320 gap-4" aria-busy="true">
      <Skeleton className="mb-1 h-7 w-56" />
      <Skeleton className="h-6 w-80 max-w-full" />
      <Skeleton className="h-40" />
      <Skeleton className="h-48" />
    </div>
  );
}
