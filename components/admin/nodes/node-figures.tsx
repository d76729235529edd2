"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { Figure, FigureRow } from "@/components/figures/figure";
import { COURSE_REFETCH_MS } from "@/components/validators/history/history-refetch";
import { NodeCourse } from "@/components/validators/history/node-course";
import { formatBytes } from "@/lib/format/format-bytes";
import { groupDigits, UNIT_SPACE } from "@/lib/format/group-digits";
import type { NodeView } from "@/server/domains/validators/nodes/schemas";
import { Measured } from "./measured";

const HOST = "The host, asked for what the node uses";
const RPC = "The node's own RPC";

/** The four things that are looked at first: height, peers, memory and disk. */
export function NodeFigures({ node, setupRequestId }: { node: NodeView; setupRequestId: string }) {
  const trpc = useTRPC();
  const { data: history } = useQuery(
    trpc.validators.admin.getNodeHistory.queryOptions(
      { setupRequestId, span: "24h" },
      { refetchInterval: COURSE_REFETCH_MS },
    ),
  );
  // What a node used is said of it only while it runs; its volume stays.
  const isRunning = node.status !== "stopped" && node.status !== "terminated";
  const behind =
    node.lagBlocks === null
      ? null
      : `${groupDigits(node.lagBlocks)}${UNIT_SPACE}${node.lagBlocks === 1 ? "block" : "blocks"} behind the tip`;
  return (
    <FigureRow>
      <Figure
        label="Height"
        value={
          <Measured
            node={node}
            value={node.lastBlockHeight === null ? null : groupDigits(node.lastBlockHeight)}
            source={RPC}
          />
        }
        detail={behind ?? <Measured node={node} value={null} source={RPC} />}
        picture={
          <NodeCourse
            history={history}
            title="Blocks behind the tip"
            read={({ lagBlocks }) => lagBlocks}
            format={groupDigits}
          />
        }
      />
      <Figure
        label="Peers"
        value={
          <Measured node={node} value={node.peerCount === null ? null : groupDigits(node.peerCount)} source={RPC} />
        }
        detail={node.isCatchingUp === null ? undefined : node.isCatchingUp ? "catching up" : "not catching up"}
        picture={
          <NodeCourse history={history} title="Peers" read={({ peerCount }) => peerCount} format={groupDigits} />
        }
      />
      <Figure
        label="Memory"
        value={
          <Measured
            node={node}
            value={!isRunning || node.memoryUsedBytes === null ? null : formatBytes(node.memoryUsedBytes)}
            source={HOST}
          />
        }
        detail={
          <>
            Processor{" "}
            <Measured
              node={node}
              value={!isRunning || node.cpuPercent === null ? null : `${node.cpuPercent}${UNIT_SPACE}%`}
              source={HOST}
            />
          </>
        }
        picture={
          <NodeCourse history={history} title="Memory" read={({ memoryBytes }) => memoryBytes} format={formatBytes} />
        }
      />
      <Figure
        label="Volume"
        value={
          <Measured
            node={node}
            value={node.volumeUsedBytes === null ? null : formatBytes(node.volumeUsedBytes)}
            source={HOST}
          />
        }
        detail={
          <>
            Restarts{" "}
            <Measured
              node={node}
              value={node.restartCount === null ? null : groupDigits(node.restartCount)}
              source={HOST}
            />
          </>
        }
        picture={
          <NodeCourse
            history={history}
            title="Volume"
            read={({ diskUsedBytes }) => diskUsedBytes}
            format={formatBytes}
          />
        }
      />
    </FigureRow>
  );
}
