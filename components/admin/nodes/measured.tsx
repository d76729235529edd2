"use client";

import { EvidenceTip } from "@/components/figures/evidence-tip";
import { UnknownText } from "@/components/figures/unknown-text";
import type { NodeView } from "@/server/domains/validators/nodes/schemas";

type MeasuredProps = {
  node: Pick<NodeView, "status" | "lastSeenAt" | "lastCheckError">;
  /** As it is shown, with its unit; null when it was not measured. */
  value: string | null;
  source: string;
};

/** Why a figure of this node is not known. */
export function whyUnknown(node: MeasuredProps["node"]): string {
  if (node.lastCheckError) return node.lastCheckError;
  if (node.status === "stopped" || node.status === "terminated") return "The node does not run, so it cannot be asked.";
  return node.lastSeenAt ? "The node did not answer this question at its last check." : "No check has reached it yet.";
}

/** A figure of a node with where it comes from and how old it is; drawn as unknown when it was not read. */
export function Measured({ node, value, source }: MeasuredProps) {
  if (value === null) return <UnknownText reason={whyUnknown(node)} />;
  return <EvidenceTip evidence={{ source, ...(node.lastSeenAt ? { at: node.lastSeenAt } : {}) }}>{value}</EvidenceTip>;
}
