import {
  CHAIN_STANDINGS,
  type NodeOperation,
  type NodeStanding,
  type NodeStatus,
  type StandingState,
} from "@/server/domains/validators/constants";
import type { NodeView } from "@/server/domains/validators/nodes/schemas";
import type { ValidatorStanding } from "@/server/domains/validators/schemas";
import type { State } from "./state";

/** How a validator stands, for whoever may know how its node is, and for whoever may not. */
export type ShownStanding = Omit<ValidatorStanding, "nodeState"> & Partial<Pick<ValidatorStanding, "nodeState">>;

/** How a thing stands, and the word for it. The same words for its owner and for an operator, so that both speak of the same thing. */
export type Judgement = { readonly state: State; readonly word: string };

export const STANDING_JUDGEMENT: Record<StandingState, Judgement> = {
  pending: { state: "moving", word: "Queued" },
  provisioning: { state: "moving", word: "Setting up" },
  configuring: { state: "moving", word: "Catching up" },
  ready_for_chain_tx: { state: "attention", word: "Ready to sign" },
  chain_tx_pending: { state: "moving", word: "On its way" },
  failed: { state: "danger", word: "Setup failed" },
  cancelled: { state: "off", word: "Cancelled" },
  tombstoned: { state: "danger", word: "Tombstoned" },
  gone: { state: "off", word: "Gone" },
  jailed: { state: "danger", word: "Jailed" },
  unbonded: { state: "attention", word: "Unbonded" },
  unbonding: { state: "attention", word: "Unbonding" },
  missing: { state: "attention", word: "Missing blocks" },
  signing: { state: "ok", word: "Signing" },
  unknown: { state: "unknown", word: "Not known" },
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

/** Words on the node beside the chain's; none where it does what it should. */
const NODE_NOTES: Record<NodeStanding, string | null> = {
  synced: null,
  behind: "node catching up",
  down: "node down",
  stopped: "node stopped",
  unknown: "node not known",
  at_work: "node at work",
  removed: "no node",
  none: "no node",
};
/** How a node stands, in words of its own. */
export const NODE_STANDING_WORDS: Record<NodeStanding, string> = {
  synced: "In sync",
  behind: "Catching up",
  down: "Down",
  stopped: "Stopped",
  unknown: "Not known",
  at_work: "At work",
  removed: "Removed",
  none: "None",
};
const WITHOUT_SIGNING: readonly NodeStanding[] = ["down", "stopped", "removed", "none"];

/** From here on misses cost soon: a tenth of what was asked lately, or all but a quarter of what jail allows. */
function isCostly({ blocks, misses }: ShownStanding): boolean {
  if (blocks !== null && blocks.missed > blocks.asked / 10) return true;
  return misses !== null && misses.left < misses.allowed / 4;
}

/** How a validator stands: one word for each state, and a worse colour where the node or the misses ask for it. */
export function standingJudgement(standing: ShownStanding): Judgement {
  const judgement = STANDING_JUDGEMENT[standing.state];
  // Nothing was lost: a validator that was just made is asked by none of the blocks that were read.
  if (standing.state === "unknown" && standing.lastKnown === null) return { ...judgement, word: "No block yet" };
  if (standing.state === "missing" && isCostly(standing)) return { ...judgement, state: "danger" };
  // Its newest block is signed, and the next one will not be.
  if (standing.state === "signing" && standing.nodeState && WITHOUT_SIGNING.includes(standing.nodeState)) {
    return { ...judgement, state: "attention" };
  }
  return judgement;
}

/** What is to be said of the node beside the chain's word; null where nothing is, and while the setup speaks. */
export const nodeNote = ({ state, nodeState }: ValidatorStanding): string | null =>
  CHAIN_STANDINGS.some((known) => known === state) ? NODE_NOTES[nodeState] : null;

/** State and node in words, for a file. */
export const standingText = (standing: ValidatorStanding): string =>
  [standingJudgement(standing).word, nodeNote(standing)].filter((part) => part !== null).join(", ");

/** The choices of a status filter. */
export const choicesOf = <Status extends string>(judgements: Record<Status, Judgement>) =>
  (Object.entries(judgements) as [Status, Judgement][]).map(([value, { word }]) => ({ value, label: word }));
