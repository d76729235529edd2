import { PLACEMENT_JUDGEMENT, SERVER_JUDGEMENT } from "@/components/regions/region-words";
import type { Judgement } from "@/components/state/judgements";
import type { RegionServer } from "@/server/domains/regions/servers/schemas";

const nodesWords = (nodes: RegionServer["nodes"]): string =>
  nodes === null
    ? "What is on it is not known."
    : nodes.length === 0
      ? "No node is on it."
      : `${nodes.length} ${nodes.length === 1 ? "node is" : "nodes are"} on it.`;

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
}: Pick<RegionServer, "status" | "placement" | "nodes">): string {
  switch (status) {
    case "provisioning":
      return "Registered; its agent has not reported yet. Run the command with its token on the machine.";
    case "decommissioned":
      return "Out of service for good. Its agent is refused; what it reported is kept for a week.";
    case "offline":
      return `Silent for five minutes or more. When it was last heard of: ${nodesWords(nodes)}`;
    default: {
      const short = status === "degraded" ? "Short of processor, memory or disk. " : "";
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
