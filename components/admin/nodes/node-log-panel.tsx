"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { LiveLog } from "@/components/log/live-log";
import { Panel } from "@/components/ui/panel";
import { appendTail, EMPTY_NODE_LOG } from "./node-log-lines";

const REFETCH_MS = 3_000;
const TAIL_LINES = 500;

/** The node's own log, its end read again every few seconds. `isGone`: the node was removed, and its log with it. */
export function NodeLogPanel({ nodeId, isGone }: { nodeId: string; isGone: boolean }) {
  const trpc = useTRPC();
  const read = useQuery(
    trpc.validators.admin.logs.queryOptions(
      { nodeId, tail: TAIL_LINES },
      { enabled: !isGone, refetchInterval: REFETCH_MS },
    ),
  );
  const [log, setLog] = useState(EMPTY_NODE_LOG);
  useEffect(() => {
    if (read.data) setLog((was) => appendTail(was, read.data));
  }, [read.data]);
  const failure = read.error ? shownError(read.error) : undefined;
  const emptyText = isGone
    ? "The node was removed, and its log with it."
    : failure
      ? `${failure.message} [${failure.code}]`
      : read.data
        ? "The node has written nothing yet."
        : "Reading the end of the log.";
  return (
    <Panel title="Log of the node" aside={`last ${TAIL_LINES} lines, then live`} flush>
      <LiveLog
        label={`Log of node ${nodeId}`}
        lines={log.lines}
        fileName={`${nodeId}-log`}
        emptyText={emptyText}
        brokenText={failure && log.lines.length > 0 ? `${failure.message} What is shown stays.` : undefined}
      />
    </Panel>
  );
}
