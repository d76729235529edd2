"use client";

import { useQuery } from "@tanstack/react-query";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { LiveLog } from "@/components/log/live-log";
import { Panel } from "@/components/ui/panel";
import type { NodeView } from "@/server/domains/validators/schemas";
import { toLogLines } from "./node-log-lines";

const REFETCH_MS = 2_000;
const TAIL_LINES = 500;

/** The node's own log, read again every two seconds. */
export function NodeLog({ node }: { node: NodeView | null }) {
  const trpc = useTRPC();
  const logs = useQuery(
    trpc.validators.logs.queryOptions(
      { nodeId: node?.id ?? "", tail: TAIL_LINES },
      { enabled: node !== null, refetchInterval: REFETCH_MS },
    ),
  );
  return (
    <Panel title="Log" flush>
      <div className="h-120">
        <LiveLog
          label="Node log"
          fills
          fileName={node?.id ?? "node"}
          emptyText={
            logs.data
              ? "The node has not written anything yet."
              : logs.error
                ? "The log could not be read, so nothing is shown."
                : "The log is being read."
          }
          brokenText={logs.error ? shownError(logs.error).message : undefined}
          lines={toLogLines(logs.data ?? [])}
        />
      </div>
    </Panel>
  );
}
