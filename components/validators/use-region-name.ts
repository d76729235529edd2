import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";

/** Names of regions by their code; the code itself stands in while the list is not known. */
export function useRegionName(): (code: string) => string {
  const trpc = useTRPC();
  const regions = useQuery(trpc.regions.listRegions.queryOptions({}));
  return (code) => regions.data?.find((region) => region.code === code)?.displayName ?? code;
}
