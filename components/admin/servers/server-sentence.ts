import { PLACEMENT_JUDGEMENT, SERVER_JUDGEMENT } from "@/components/regions/region-words";
import type { Judgement } from "@/components/state/judgements";
import { DEGRADED_ABOVE_PERCENT } from "@/server/domains/regions/constants";
import type { RegionServer } from "@/server/domains/regions/servers/schemas";

type Load = Pick<RegionServer, "cpuPercent" | "memoryPercent" | "diskPercent">;

const nodesWords = (nodes: RegionServer["nodes"]): string =>
  nodes === null
    ? "What is on it is not known."
    : nodes.length === 0
      ? "No node is on it."
      : `${nodes.length} ${nodes.length === 1 ? "node is" : "nodes are"} on it.`;

/** What it is short of, as its own report says. */
function shortWords({ cpuPercent, memoryPercent, diskPercent }: Load): string {
  const short = [
    (cpuPercent ?? 0) > DEGRADED_ABOVE_PERCENT.cpu ? "processor" : null,
    (memoryPercent ?? 0) > DEGRADED_ABOVE_PERCENT.memory ? "memory" : null,
    (diskPercent ?? 0) > DEGRADED_ABOVE_PERCENT.disk ? "disk" : null,
  ].filter((part) => part !== null);
  // The state is of the report before where the newest one measured nothing.
  return `Short of ${short.length === 0 ? "processor, memory or disk" : short.join(" and of ")}. `;
}

/** How a server stands, worst first. */
export function serverJudgement({ status, placement }: Pick<RegionServer, "status" | "placement">): Judgement {
  const isCalm = status === "active";
  return isCalm && placement !== "open" ? PLACEMENT_JUDGEMENT[placement] : SERVER_JUDGEMENT[status];
}

/** What the state of a server means, in a sentence or two. */
export function serverSentence({
  status,
  placement,
  nodes,
  ...load
}: Pick<RegionServer, "status" | "placement" | "nodes"> & Load): string {
  switch (status) {
    case "provisioning":
      return "Registered; its agent has not reported yet. Run the command with its token on the machine.";
    case "decommissioned":
      return "Out of service for good. Its agent is refused; what it reported is kept for a week.";
    case "offline":
      return `Silent for five minutes or more. When it was last heard of: ${nodesWords(nodes)}`;
    default: {
      const short = status === "degraded" ? shortWords(load) : "";
      const placed =
        placement === "open"
          ? "It is open for new nodes."
          : placement === "draining"
            ? "No new node goes there; it is drained once it is empty."
            : "It is empty and takes no node.";
      return `${short}${placed} ${nodesWords(nodes)}`;
    }
  }
}
