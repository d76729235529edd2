import type { NodeRunState } from "@/server/ports/node-host";
import { type NodeStatus, SYNCED_LAG_BLOCKS } from "../constants";

/** What one check found. `null` stands for "did not answer", which is not the same as zero. */
export type HealthFacts = {
  readonly runState: NodeRunState;
  readonly rpc: { readonly heightBlocks: bigint; readonly isCatchingUp: boolean } | null;
  /** The network's tip as our own pool tells it. */
  readonly tipHeightBlocks: bigint | null;
  readonly desiredState: "running" | "stopped" | "terminated";
};

/** Blocks behind the tip; null where either is unknown, never negative (the node may be ahead of our pool's last answer). */
export function lagBlocks(height: bigint | null, tip: bigint | null): number | null {
  if (height === null || tip === null) return null;
  return height >= tip ? 0 : Number(tip - height);
}

/** What one look says of a node; `reason` is the code of why, where the state alone does not tell. */
export type NodeVerdict = { readonly status: NodeStatus; readonly reason: string | null; readonly sentence: string };

const GONE: NodeVerdict = {
  status: "error",
  reason: "validators.node_gone",
  sentence: "The host no longer knows this node.",
};
const CRASHED: NodeVerdict = {
  status: "error",
  reason: "validators.node_crashed",
  sentence: "The node ended by itself; the host restarts it with growing pauses.",
};
const ENDED: NodeVerdict = {
  status: "error",
  reason: "validators.node_ended",
  sentence: "The node ended although it should run.",
};
const STOPPED: NodeVerdict = { status: "stopped", reason: null, sentence: "The node is stopped." };

/** Codes of why a volume's sign state keeps its node down: true until the volume is another one, whoever looks. */
const SIGN_STATE_REFUSALS: ReadonlySet<string> = new Set([
  "validators.sign_state_refused",
  "runtime.sign_state_missing",
  "runtime.sign_state_invalid",
  "runtime.sign_state_regressed",
]);

/**
 * Whether a node's reason stands beside a new verdict: an operation that was refused said why the node is down or gone, while a look finds only
 * that it is. What else an operation said, e.g. that the host did not answer, was true then and gives way.
 */
export const isReasonKept = (
  node: { readonly status: NodeStatus; readonly statusReason: string | null },
  verdict: NodeVerdict,
): boolean =>
  node.status === "error" &&
  verdict.status === "error" &&
  verdict.reason !== CRASHED.reason &&
  node.statusReason !== null &&
  SIGN_STATE_REFUSALS.has(node.statusReason);

/**
 * The rule, in words: a host that knows no such node, or a node that ended although it should run, is an error; a node that should not run and
 * does not is stopped; a process without an answering RPC is starting; catching up or too far behind is syncing; all else is synced.
 */
export function nodeStatusOf(facts: HealthFacts): NodeVerdict {
  const isWanted = facts.desiredState === "running";
  const well = (status: NodeStatus, sentence: string): NodeVerdict => ({ status, reason: null, sentence });
  if (facts.runState === "absent") return isWanted ? GONE : STOPPED;
  if (facts.runState === "crashed") return CRASHED;
  if (facts.runState === "stopped" || facts.runState === "created") return isWanted ? ENDED : STOPPED;
  if (facts.rpc === null) return well("starting", "The node runs but does not answer yet.");
  const lag = lagBlocks(facts.rpc.heightBlocks, facts.tipHeightBlocks);
  if (facts.rpc.isCatchingUp || (lag !== null && lag > SYNCED_LAG_BLOCKS)) {
    // Right after a start a node says that it catches up although nothing is missing yet.
    if (lag === null || lag === 0) return well("syncing", "Catching up.");
    return well("syncing", `Catching up, ${lag} ${lag === 1 ? "block" : "blocks"} behind.`);
  }
  if (lag === null) return well("running", "Running; the network's tip is unknown now.");
  return well("synced", "In sync with the chain.");
}
