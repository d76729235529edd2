"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { useLiveRead } from "@/components/data/use-live";
import { NODE_LOG_TAIL_LINES, NodeLogPanel } from "@/components/log/node-log-panel";

/** The log of a node of one's own organisation. `isGone`: the node was removed, and its log with it. */
export function NodeLog({ nodeId, isGone }: { nodeId: string; isGone: boolean }) {
  const trpc = useTRPC();
  const input = { nodeId, tail: NODE_LOG_TAIL_LINES };
  const pace = useLiveRead(trpc.validators.getNodeLogs.queryKey(input), !isGone);
  const read = useQuery(trpc.validators.getNodeLogs.queryOptions(input, { ...pace, enabled: !isGone }));
  return <NodeLogPanel nodeId={nodeId} isGone={isGone} read={read} />;
}
