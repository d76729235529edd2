import type { State } from "@/components/state/state";
import type { NodeView, SetupRequestView } from "@/server/domains/validators/schemas";

/** State and word of a validator in lists: the chain's side first, then the node's. */
export function validatorWords(
  setup: Pick<SetupRequestView, "status">,
  node: Pick<NodeView, "status" | "operation"> | null,
): { state: State; word: string } {
  switch (setup.status) {
    case "pending":
      return { state: "moving", word: "Queued" };
    case "provisioning":
    case "configuring":
      return { state: "moving", word: "Setting up" };
    case "ready_for_chain_tx":
      return { state: "attention", word: "Ready to sign" };
    case "chain_tx_pending":
      return { state: "moving", word: "On its way" };
    case "failed":
      return { state: "danger", word: "Setup failed" };
    case "cancelled":
      return { state: "off", word: "Cancelled" };
    case "active":
      return nodeWords(node);
  }
}

/** State and word of a node. */
export function nodeWords(node: Pick<NodeView, "status" | "operation"> | null): { state: State; word: string } {
  if (node === null) return { state: "unknown", word: "No node" };
  if (node.operation !== null) return { state: "moving", word: OPERATION_WORDS[node.operation] };
  switch (node.status) {
    case "synced":
      return { state: "ok", word: "In sync" };
    case "running":
      return { state: "ok", word: "Running" };
    case "syncing":
      return { state: "moving", word: "Catching up" };
    case "starting":
      return { state: "moving", word: "Starting" };
    case "stopped":
      return { state: "attention", word: "Stopped" };
    case "error":
      return { state: "danger", word: "Error" };
    case "terminated":
      return { state: "off", word: "Removed" };
  }
}

const OPERATION_WORDS = {
  provision: "Setting up",
  stop: "Stopping",
  start: "Starting",
  redeploy: "Replacing",
  terminate: "Removing",
} as const;

/** Where a validator's row leads: its setup until it is active, then its own page. */
export const validatorHref = (setup: Pick<SetupRequestView, "id" | "status">): string =>
  setup.status === "active" ? `/validators/${setup.id}` : `/validators/${setup.id}/setup`;
