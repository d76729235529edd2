"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { Skeleton } from "@/components/ui/skeleton";
import { useRegionName } from "./use-region-name";

/** A region by the name that people know; nothing but its place until the names are there. */
export function RegionName({ code }: { code: string }) {
  const regionName = useRegionName();
  const { isPending } = useQuery(useTRPC().regions.listRegions.queryOptions({}));
  return isPending ? <Skeleton className="h-3 w-16" /> : regionName(code);
}
