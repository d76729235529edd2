import type { AttentionItem } from "@/server/kernel/attention";
import type { NodeView, SetupRequestView } from "../schemas";

/** What the chain was last seen to say of the validator; null where it was never seen there. */
export type ChainStanding = {
  readonly isJailed: boolean;
  readonly isTombstoned: boolean;
  readonly jailedUntil: string | null;
};

type Facts = {
  readonly setup: Pick<
    SetupRequestView,
    "id" | "status" | "statusMessage" | "errorMessage" | "validatorName" | "canRetry" | "updatedAt"
  >;
  readonly node: Pick<NodeView, "status" | "statusMessage" | "operation"> | null;
  readonly standing: ChainStanding | null;
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
    case "cancelled":
      return null;
  }
}

/** The chain before the node: a jailed validator whose node is in sync is jailed. */
function ofValidator({ node, standing }: Facts): Matter | null {
  if (standing?.isTombstoned) {
    return { state: "danger", sentence: "The chain removed it for good for signing twice.", act: "Open" };
  }
  if (standing?.isJailed)
    return { state: "danger", sentence: "Jailed: it signs nothing and earns nothing.", act: "Open" };
  if (node === null) return { state: "danger", sentence: "It has no node, so it signs nothing.", act: "Open" };
  if (node.operation !== null) {
    return { state: "moving", sentence: node.statusMessage || "Its node is being worked on.", act: "Watch" };
  }
  if (node.status === "error" || node.status === "terminated") {
    return { state: "danger", sentence: node.statusMessage || "Its node is down.", act: "Open" };
  }
  if (node.status === "stopped") {
    return { state: "attention", sentence: "Its node is stopped; every block it misses counts.", act: "Start" };
  }
  return null;
}

/** What of one request or validator needs somebody now; null when nothing does. */
export function attentionOf(facts: Facts): AttentionItem | null {
  const { setup } = facts;
  const isActive = setup.status === "active";
  const matter = isActive ? ofValidator(facts) : ofSetup(facts);
  if (matter === null) return null;
  return {
    id: setup.id,
    title: setup.validatorName,
    ...matter,
    href: isActive ? `/validators/${setup.id}` : `/validators/${setup.id}/setup`,
    at: setup.updatedAt,
  };
}
