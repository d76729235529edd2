"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { useLiveRead } from "@/components/data/use-live";
import { NODE_LOG_TAIL_LINES, NodeLogPanel } from "@/components/log/node-log-panel";

/** How soon it is asked again for a log that is about to begin. */
const BEGIN_REFETCH_MS = 3_000;

type NodeLogProps = {
  nodeId: string;
  /** The node was removed, and its log with it. */
  isGone: boolean;
  /** Its setup is on the way, so that the log may begin at any moment. */
  isBeingMade?: boolean;
};

/** The log of a node of one's own organisation. */
export function NodeLog({ nodeId, isGone, isBeingMade = false }: NodeLogProps) {
  const trpc = useTRPC();
  const input = { nodeId, tail: NODE_LOG_TAIL_LINES };
  const pace = useLiveRead(trpc.validators.getNodeLogs.queryKey(input), !isGone);
  const read = useQuery(
    trpc.validators.getNodeLogs.queryOptions(input, {
      ...pace,
      refetchInterval: ({ state }) =>
        isBeingMade && state.data === undefined ? BEGIN_REFETCH_MS : pace.refetchInterval,
      enabled: !isGone,
    }),
  );
  return <NodeLogPanel nodeId={nodeId} isGone={isGone} isBeingMade={isBeingMade} read={read} />;
}
