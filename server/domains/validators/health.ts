import type { NodeRunState } from "@/server/ports/node-host";
import { runtimeRefused } from "@/server/ports/node-host-errors";
import { type NodeStatus, SYNCED_LAG_BLOCKS } from "./constants";
import { signStateRefused } from "./errors";

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

const GONE = "The host no longer knows this node.";
const CRASHED = "The node ended by itself; the host restarts it with growing pauses.";
const ENDED = "The node ended although it should run.";

/** Why a volume's sign state keeps its node down: true until the volume is another one, whoever looks. */
const SIGN_STATE_REFUSALS: ReadonlySet<string> = new Set([
  signStateRefused("missing").message,
  signStateRefused("lower").message,
  runtimeRefused("sign_state_missing").message,
  runtimeRefused("sign_state_invalid").message,
  runtimeRefused("sign_state_regressed").message,
]);

/**
 * Whether a node's sentence stands beside a new verdict: an operation that was refused said why the node is down or gone, while a look finds only
 * that it is. What else an operation said, e.g. that the host did not answer, was true then and gives way.
 */
export const isReasonKept = (
  node: { readonly status: string; readonly statusMessage: string | null },
  verdict: { readonly status: NodeStatus; readonly sentence: string },
): boolean =>
  node.status === "error" &&
  verdict.status === "error" &&
  verdict.sentence !== CRASHED &&
  node.statusMessage !== null &&
  SIGN_STATE_REFUSALS.has(node.statusMessage);

/**
 * The rule, in words: a host that knows no such node, or a node that ended although it should run, is an error; a node that should not run and
 * does not is stopped; a process without an answering RPC is starting; catching up or too far behind is syncing; all else is synced.
 */
export function nodeStatusOf(facts: HealthFacts): { readonly status: NodeStatus; readonly sentence: string } {
  const isWanted = facts.desiredState === "running";
  if (facts.runState === "absent") {
    return isWanted ? { status: "error", sentence: GONE } : { status: "stopped", sentence: "The node is stopped." };
  }
  if (facts.runState === "crashed") return { status: "error", sentence: CRASHED };
  if (facts.runState === "stopped" || facts.runState === "created") {
    return isWanted ? { status: "error", sentence: ENDED } : { status: "stopped", sentence: "The node is stopped." };
  }
  if (facts.rpc === null) return { status: "starting", sentence: "The node runs but does not answer yet." };
  const lag = lagBlocks(facts.rpc.heightBlocks, facts.tipHeightBlocks);
  if (facts.rpc.isCatchingUp || (lag !== null && lag > SYNCED_LAG_BLOCKS)) {
    // Right after a start a node says that it catches up although nothing is missing yet.
    if (lag === null || lag === 0) return { status: "syncing", sentence: "Catching up." };
    return { status: "syncing", sentence: `Catching up, ${lag} ${lag === 1 ? "block" : "blocks"} behind.` };
  }
  if (lag === null) return { status: "running", sentence: "Running; the network's tip is unknown now." };
  return { status: "synced", sentence: "In sync with the chain." };
}
