import type { NodeOperation, NodeStatus, SetupStatus } from "@/server/domains/validators/constants";
import type { NodeView, SetupRequestView } from "@/server/domains/validators/schemas";
import type { State } from "./state";

/** How a thing stands, and the word for it. The same words for its owner and for an operator, so that both speak of the same thing. */
export type Judgement = { readonly state: State; readonly word: string };

export const SETUP_JUDGEMENT: Record<SetupStatus, Judgement> = {
  pending: { state: "moving", word: "Queued" },
  provisioning: { state: "moving", word: "Setting up" },
  configuring: { state: "moving", word: "Catching up" },
  ready_for_chain_tx: { state: "attention", word: "Ready to sign" },
  chain_tx_pending: { state: "moving", word: "On its way" },
  active: { state: "ok", word: "Active" },
  ended: { state: "off", word: "Ended" },
  failed: { state: "danger", word: "Setup failed" },
  cancelled: { state: "off", word: "Cancelled" },
};

export const NODE_JUDGEMENT: Record<NodeStatus, Judgement> = {
  starting: { state: "moving", word: "Starting" },
  // It answers, but whether it is behind cannot be told: the network's tip is not known.
  running: { state: "unknown", word: "Running, lag unknown" },
  syncing: { state: "moving", word: "Catching up" },
  synced: { state: "ok", word: "In sync" },
  stopped: { state: "attention", word: "Stopped" },
  error: { state: "danger", word: "Error" },
  terminated: { state: "off", word: "Removed" },
};

const OPERATION_WORDS: Record<NodeOperation, string> = {
  provision: "Setting up",
  stop: "Stopping",
  start: "Starting",
  redeploy: "Replacing",
  terminate: "Removing",
};

/** A node is judged by the operation under way on it before its last observed state. */
export function nodeJudgement(node: Pick<NodeView, "status" | "operation"> | null): Judgement {
  if (node === null) return { state: "unknown", word: "No node" };
  return node.operation === null || node.status === "terminated"
    ? NODE_JUDGEMENT[node.status]
    : { state: "moving", word: OPERATION_WORDS[node.operation] };
}

/** A validator in a list: until it is active its setup speaks, then its node. */
export const validatorJudgement = (
  setup: Pick<SetupRequestView, "status">,
  node: Pick<NodeView, "status" | "operation"> | null,
): Judgement => (setup.status === "active" ? nodeJudgement(node) : SETUP_JUDGEMENT[setup.status]);

/** The choices of a status filter. */
export const choicesOf = <Status extends string>(judgements: Record<Status, Judgement>) =>
  (Object.entries(judgements) as [Status, Judgement][]).map(([value, { word }]) => ({ value, label: word }));
