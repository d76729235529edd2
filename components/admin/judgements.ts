import type { State } from "@/components/state/state";
import type { JobRunStatus } from "@/server/domains/operations/constants";
import type { NodeOperation, NodeStatus, SetupStatus } from "@/server/domains/validators/constants";
import type { NodeView } from "@/server/domains/validators/schemas";

/** How a thing stands, and the word for it. */
export type Judgement = { readonly state: State; readonly word: string };

export const SETUP_JUDGEMENT: Record<SetupStatus, Judgement> = {
  pending: { state: "moving", word: "Queued" },
  provisioning: { state: "moving", word: "Provisioning" },
  configuring: { state: "moving", word: "Configuring" },
  ready_for_chain_tx: { state: "attention", word: "Waits for signature" },
  chain_tx_pending: { state: "moving", word: "On its way to the chain" },
  active: { state: "ok", word: "Active" },
  failed: { state: "danger", word: "Failed" },
  cancelled: { state: "off", word: "Cancelled" },
};

export const NODE_JUDGEMENT: Record<NodeStatus, Judgement> = {
  starting: { state: "moving", word: "Starting" },
  running: { state: "moving", word: "Running, height not known" },
  syncing: { state: "moving", word: "Catching up" },
  synced: { state: "ok", word: "In sync" },
  stopped: { state: "off", word: "Stopped" },
  error: { state: "danger", word: "Error" },
  terminated: { state: "off", word: "Terminated" },
};

const OPERATION_WORDS: Record<NodeOperation, string> = {
  provision: "Being set up",
  stop: "Stopping",
  start: "Starting",
  redeploy: "Being redeployed",
  terminate: "Being removed",
};

/** A node is judged by the operation under way on it before its last observed state. */
export const nodeJudgement = (node: Pick<NodeView, "status" | "operation">): Judgement =>
  node.operation === null || node.status === "terminated"
    ? NODE_JUDGEMENT[node.status]
    : { state: "moving", word: OPERATION_WORDS[node.operation] };

export const RUN_JUDGEMENT: Record<JobRunStatus, Judgement> = {
  queued: { state: "moving", word: "Queued" },
  running: { state: "moving", word: "Running" },
  completed: { state: "ok", word: "Completed" },
  failed: { state: "danger", word: "Failed" },
  cancelled: { state: "off", word: "Cancelled" },
};

/** The choices of a status filter. */
export const choicesOf = <Status extends string>(judgements: Record<Status, Judgement>) =>
  (Object.entries(judgements) as [Status, Judgement][]).map(([value, { word }]) => ({ value, label: word }));
