import { groupDigits } from "@/lib/format/group-digits";
import type { NodeView } from "@/server/domains/validators/nodes/schemas";

const counted = (count: number, one: string, many: string): string =>
  `${groupDigits(count)} ${count === 1 ? one : many}`;

/** How a node stands, after its state's word: the figures that the word rests on where they are known, else what was last noted of it. */
export function nodeSentence(
  node: Pick<NodeView, "status" | "statusMessage" | "operation" | "lagBlocks" | "peerCount">,
): string {
  const isFollowing = node.status === "synced" || node.status === "syncing";
  if (node.operation !== null || !isFollowing || node.lagBlocks === null) return node.statusMessage;
  const peers = node.peerCount === null ? "its peers are not known" : counted(node.peerCount, "peer", "peers");
  return `${counted(node.lagBlocks, "block", "blocks")} behind the tip, ${peers}.`;
}
