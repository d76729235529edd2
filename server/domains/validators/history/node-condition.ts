import type { NodeCondition, NodeStatus } from "../constants";

type NodeLook = {
  readonly status: NodeStatus;
  /** Whether an operation (stop, start, redeploy) had the node then: it is down because somebody wanted so. */
  readonly isAtWork: boolean;
  /** Null where the node did not tell. */
  readonly peerCount: number | null;
};

/** The condition in which a look found a node on a host of ours; null where it cannot be told. */
export function conditionOfNode({ status, isAtWork, peerCount }: NodeLook): NodeCondition | null {
  switch (status) {
    case "stopped":
    case "terminated":
      return "stopped";
    case "error":
    case "starting":
      return isAtWork ? "stopped" : "down";
    case "syncing":
      return peerCount === 0 ? "no_peers" : "behind";
    case "synced":
      return peerCount === 0 ? "no_peers" : "in_sync";
    case "running":
      // Its lag is not known.
      return peerCount === 0 ? "no_peers" : null;
  }
}

/** The condition that a machine reported of its node; an agent whose node does not answer sends no report. */
export function conditionOfMachine(report: {
  readonly isCatchingUp: boolean | null;
  readonly lagBlocks: number | null;
  readonly syncedLagBlocks: number;
  readonly peerCount: number | null;
}): NodeCondition | null {
  if (report.peerCount === 0) return "no_peers";
  if (report.isCatchingUp === true) return "behind";
  if (report.lagBlocks === null) return null;
  return report.lagBlocks > report.syncedLagBlocks ? "behind" : "in_sync";
}
