"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { COURSE_REFETCH_MS } from "./history-refetch";
import { NodeCourse } from "./node-course";

/** How far a validator's node was behind the tip over the last day, small, beside its height. */
export function LagCourse({ setupRequestId }: { setupRequestId: string }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(
    trpc.validators.getNodeHistory.queryOptions(
      { setupRequestId, span: "24h" },
      { refetchInterval: COURSE_REFETCH_MS },
    ),
  );
  if (error && data === undefined) return null;
  return (
    <NodeCourse
      history={data}
      title="Blocks behind the tip"
      read={({ lagBlocks }) => lagBlocks}
      format={(value) => String(value)}
    />
  );
}
