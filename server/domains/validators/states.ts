import { canTransition, type TransitionTable } from "@/server/kernel/states";
import {
  type NodeStatus,
  SETUP_STANDINGS,
  SETUP_STATUSES,
  type SetupStatus,
  type StandingState,
  UNSIGNED_NODE_EXPIRES_AFTER_HOURS,
} from "./constants";

/**
 * Setup request, in words: it holds its slot from the first and is pending until a run takes it up, provisioning until the node told its public key, configuring until the key is
 * proven and the node in sync, then waits for the person's signature, then for the chain. A transaction that failed or was never seen goes
 * back to the signature. A request whose node runs on a machine of its owner goes from pending to the signature when the machine proves the key.
 * A request with a transaction in flight cannot be cancelled: the validator may already exist. What is active ends when the chain has it no more.
 */
export const SETUP_MOVES: TransitionTable<SetupStatus> = {
  pending: ["provisioning", "ready_for_chain_tx", "failed", "cancelled"],
  provisioning: ["configuring", "failed", "cancelled"],
  configuring: ["ready_for_chain_tx", "failed", "cancelled"],
  ready_for_chain_tx: ["chain_tx_pending", "active", "cancelled"],
  chain_tx_pending: ["ready_for_chain_tx", "active"],
  active: ["ended"],
  ended: [],
  failed: ["pending"],
  cancelled: [],
};

/** Node: from each observed state, what it may be seen as next; terminated is for ever. */
export const NODE_MOVES: TransitionTable<NodeStatus> = {
  starting: ["running", "syncing", "synced", "stopped", "error", "terminated"],
  running: ["starting", "syncing", "synced", "stopped", "error", "terminated"],
  syncing: ["starting", "running", "synced", "stopped", "error", "terminated"],
  synced: ["starting", "running", "syncing", "stopped", "error", "terminated"],
  stopped: ["starting", "running", "syncing", "synced", "error", "terminated"],
  error: ["starting", "running", "syncing", "synced", "stopped", "terminated"],
  terminated: [],
};

/** States of a request that ended without a validator: what it held is given back, and its operator is free for another one. */
export const GIVEN_UP = ["failed", "cancelled"] as const satisfies readonly SetupStatus[];
export const isGivenUp = (status: SetupStatus): boolean => (GIVEN_UP as readonly SetupStatus[]).includes(status);

/** States of requests that have, had or are on their way to a validator. */
export const NOT_GIVEN_UP: readonly SetupStatus[] = SETUP_STATUSES.filter((status) => !isGivenUp(status));

/** States of requests that hold nothing once their node is given back. */
export const OVER = [...GIVEN_UP, "ended"] as const satisfies readonly SetupStatus[];

/** The chain has or had its validator: how that stands is the chain's word, not the setup's. */
export const hasBeenOnChain = (status: SetupStatus): status is "active" | "ended" =>
  status === "active" || status === "ended";

/** States of requests that can stand so; whether one does is for `standing.ts` to say. */
export function statusesOf(standing: StandingState): readonly SetupStatus[] {
  const own = SETUP_STANDINGS.find((known) => known === standing);
  return own === undefined ? SETUP_STATUSES.filter(hasBeenOnChain) : [own];
}

/** Nothing more will happen to the request by itself. */
export const isSettled = (status: SetupStatus): boolean => hasBeenOnChain(status) || isGivenUp(status);

/** The node is ready, and the person's signature is what it waits for. */
export const maySign = (status: SetupStatus): boolean => status === "ready_for_chain_tx";

/** The durable function is, or should be, at work on it. */
export const isProvisioning = (status: SetupStatus): boolean =>
  status === "pending" || status === "provisioning" || status === "configuring";

export const canCancel = (status: SetupStatus): boolean => canTransition(SETUP_MOVES, status, "cancelled");

/** A retry waits until what the failed attempt left is gone: it makes a node and a volume of its own. */
export const canRetry = (request: {
  status: SetupStatus;
  retryCount: number;
  maxRetries: number;
  releasedAt: Date | null;
}): boolean =>
  canTransition(SETUP_MOVES, request.status, "pending") &&
  request.retryCount < request.maxRetries &&
  request.releasedAt !== null;

/**
 * Until when a node that is ready waits for its owner's signature; null in every other state. A request that was signed once has no such end: a
 * block may still take what went out, and its owner was there.
 */
export function waitsUnsignedUntil(setup: {
  status: SetupStatus;
  provisioningCompletedAt: Date | null;
  chainTxHash: string | null;
  runMode: "cloud" | "local";
}): Date | null {
  // A node on a machine of one's own costs nobody else.
  if (setup.runMode === "local") return null;
  if (!maySign(setup.status) || setup.provisioningCompletedAt === null) return null;
  if (setup.chainTxHash !== null) return null;
  return new Date(setup.provisioningCompletedAt.getTime() + UNSIGNED_NODE_EXPIRES_AFTER_HOURS * 3_600_000);
}

type NodeState = { readonly status: NodeStatus; readonly operation: string | null };
const isDown = ({ status }: NodeState): boolean => status === "stopped" || status === "error";

/** Acts on a node touch a validator's signing: only once a node exists and nothing else works on it. */
export const canStop = (node: NodeState): boolean =>
  node.operation === null && canTransition(NODE_MOVES, node.status, "stopped");
export const canStart = (node: NodeState): boolean =>
  node.operation === null && isDown(node) && canTransition(NODE_MOVES, node.status, "starting");
export const canTerminate = (node: NodeState): boolean =>
  node.operation === null && canTransition(NODE_MOVES, node.status, "terminated");
/** What may still be removed may be made anew. */
export const canRedeploy = (node: NodeState): boolean => canTerminate(node);
