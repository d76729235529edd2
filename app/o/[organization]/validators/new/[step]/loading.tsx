import { Skeleton } from "@/components/ui/skeleton";

/** The wizard while what was entered is read: its head, one decision, and the way on. */
export default function Loading() {
  return (
    <div className="grid max-w-320 gap-4" aria-busy="true">
      <Skeleton className="mb-1 h-7 w-56" />
      <Skeleton className="h-6 w-80 max-w-full" />
      <Skeleton className="h-64" />
      <Skeleton className="h-row w-32" />
    </div>
  );
}
