import type { AttentionItem } from "@/server/kernel/attention";
import type { NodeView } from "../nodes/schemas";
import type { ValidatorStanding } from "../schemas";
import { hasBeenOnChain } from "../states";
import type { SetupRequestView } from "./schemas";

type Facts = {
  readonly setup: Pick<
    SetupRequestView,
    "id" | "status" | "standing" | "statusMessage" | "errorMessage" | "validatorName" | "canRetry" | "updatedAt"
  >;
  readonly node: Pick<NodeView, "statusMessage"> | null;
};

type Matter = Pick<AttentionItem, "state" | "sentence" | "act">;

function ofSetup({ setup }: Facts): Matter | null {
  switch (setup.status) {
    case "ready_for_chain_tx":
      return { state: "attention", sentence: "The node is ready and waits for your signature.", act: "Sign" };
    case "failed":
      return {
        state: "danger",
        sentence: setup.errorMessage ?? setup.statusMessage,
        act: setup.canRetry ? "Try again" : "See why",
      };
    case "pending":
    case "provisioning":
    case "configuring":
    case "chain_tx_pending":
      return { state: "moving", sentence: setup.statusMessage, act: "Watch" };
    case "active":
    case "ended":
    case "cancelled":
      return null;
  }
}

/** What a validator's standing asks of its owner, worst first; null where it asks nothing. */
function ofValidator({ setup: { standing }, node }: Facts): Matter | null {
  // What is over and has given its node back asks nothing of anybody.
  if (standing.state === "gone" && (standing.nodeState === "removed" || standing.nodeState === "none")) return null;
  return ofChain(standing) ?? ofNode(standing, node?.statusMessage ?? "");
}

function ofChain({ state, jail }: ValidatorStanding): Matter | null {
  switch (state) {
    case "tombstoned":
      return { state: "danger", sentence: "The chain removed it for good for signing twice.", act: "Open" };
    case "gone":
      return {
        state: "attention",
        sentence: "The chain has it no more. Its key and sign state are kept; its node can be removed.",
        act: "Open",
      };
    case "jailed":
      return {
        state: "danger",
        sentence: jail?.mayUnjail
          ? "Jailed: it signs nothing and earns nothing until its owner unjails it, which the chain allows now."
          : "Jailed: it signs nothing and earns nothing.",
        act: "Open",
      };
    case "unbonded":
    case "unbonding":
      return { state: "attention", sentence: "It is not in the active set, so it earns nothing.", act: "Open" };
    default:
      return null;
  }
}

function ofNode({ nodeState, state }: ValidatorStanding, words: string): Matter | null {
  switch (nodeState) {
    case "none":
    case "removed":
      return { state: "danger", sentence: "It has no node, so it signs nothing.", act: "Open" };
    case "at_work":
      return { state: "moving", sentence: words || "Its node is being worked on.", act: "Watch" };
    case "down":
      return { state: "danger", sentence: words || "Its node is down.", act: "Open" };
    case "stopped":
      return { state: "attention", sentence: "Its node is stopped; every block it misses counts.", act: "Start" };
    default:
      return state === "missing"
        ? { state: "danger", sentence: "It misses blocks, though its node runs.", act: "Open" }
        : null;
  }
}

/** What of one request or validator needs somebody now; null when nothing does. */
export function attentionOf(facts: Facts): AttentionItem | null {
  const { setup } = facts;
  const isOnChain = hasBeenOnChain(setup.status);
  const matter = isOnChain ? ofValidator(facts) : ofSetup(facts);
  if (matter === null) return null;
  return {
    id: setup.id,
    title: setup.validatorName,
    ...matter,
    href: isOnChain ? `/validators/${setup.id}` : `/validators/${setup.id}/setup`,
    // A matter of the chain's is as old as that state; a request that is long done says nothing of it.
    at: (isOnChain && ofChain(setup.standing) !== null ? setup.standing.since : null) ?? setup.updatedAt,
  };
}
