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

/** Stands for a figure that was not measured: of a node that does not run there is none, of any other it is unknown, and why. */
export function NotMeasured({ node }: { node: MeasuredProps["node"] }) {
  if (node.status === "stopped" || node.status === "terminated") {
    return <span className="text-ink-muted">not running</span>;
  }
  return <UnknownText reason={whyUnknown(node)} />;
}

function whyUnknown(node: MeasuredProps["node"]): string {
  if (node.lastCheckError) return node.lastCheckError;
  return node.lastSeenAt ? "The node did not answer this question at its last check." : "No check has reached it yet.";
}

/** A figure of a node with where it comes from and how old it is; or why there is none. */
export function Measured({ node, value, source }: MeasuredProps) {
  if (value === null) return <NotMeasured node={node} />;
  return <EvidenceTip evidence={{ source, ...(node.lastSeenAt ? { at: node.lastSeenAt } : {}) }}>{value}</EvidenceTip>;
}
