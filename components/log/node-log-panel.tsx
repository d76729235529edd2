"use client";

import { useEffect, useState } from "react";
import { shownError } from "@/components/data/trpc-client";
import { LiveLog } from "@/components/log/live-log";
import { Panel } from "@/components/ui/panel";
import { appendTail, EMPTY_NODE_LOG, type HostLine } from "./node-log-lines";

/** How much of a node's log a page reads; what is written from then on joins it. */
export const NODE_LOG_TAIL_LINES = 500;

const NOT_THERE = "runtime.node_not_found";

type NodeLogPanelProps = {
  nodeId: string;
  /** The node was removed, and its log with it. */
  isGone: boolean;
  /** Its setup is on the way: where the host has no such node, it has none yet. */
  isBeingMade?: boolean;
  /** The query of the log's end; what has been shown stays while it fails. */
  read: { readonly data: readonly HostLine[] | undefined; readonly error: unknown };
};

/** A node's own log, growing at its end. */
export function NodeLogPanel({ nodeId, isGone, isBeingMade = false, read }: NodeLogPanelProps) {
  const [log, setLog] = useState(EMPTY_NODE_LOG);
  useEffect(() => {
    if (read.data) setLog((was) => appendTail(was, read.data ?? []));
  }, [read.data]);
  const failure = read.error ? shownError(read.error) : undefined;
  const emptyText = isGone
    ? "The node was removed, and its log with it."
    : isBeingMade && failure?.code === NOT_THERE
      ? "The node is not made yet; its log begins with its first start."
      : failure
        ? `${failure.message} [${failure.code}]`
        : read.data
          ? "The node has written nothing yet."
          : "Reading the end of the log.";
  return (
    <Panel title="Log of the node" aside={`last ${NODE_LOG_TAIL_LINES} lines, then live`} flush>
      <div className="h-120">
        <LiveLog
          label={`Log of node ${nodeId}`}
          fills
          lines={log.lines}
          fileName={`${nodeId}-log`}
          emptyText={emptyText}
          brokenText={failure && log.lines.length > 0 ? `${failure.message} What is shown stays.` : undefined}
        />
      </div>
    </Panel>
  );
}
