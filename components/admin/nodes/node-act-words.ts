import { whyNotAsked } from "@/components/validators/miss-price";
import { groupDigits } from "@/lib/format/group-digits";
import type { NodeView } from "@/server/domains/validators/nodes/schemas";
import type { ValidatorStanding } from "@/server/domains/validators/schemas";
import { canRedeploy, canStart, canStop, canTerminate } from "@/server/domains/validators/states";

/** What an operator can have done to a node, in the order of the buttons. */
const NODE_ACTS = ["start", "stop", "redeploy", "terminate"] as const;
export type NodeAct = (typeof NODE_ACTS)[number];

const CAN = { start: canStart, stop: canStop, redeploy: canRedeploy, terminate: canTerminate } as const;

type ActWords = {
  readonly button: string;
  readonly act: string;
  readonly effects: readonly string[];
  readonly duration: string;
  readonly cost: string;
  readonly wayBack: string;
  readonly tone?: "danger" | "weighty";
  readonly confirmWord?: string;
};

/** The acts that make sense now, or why there is none. */
export function offeredActs(node: Pick<NodeView, "status" | "operation">): {
  readonly acts: readonly NodeAct[];
  readonly whyNone?: string;
} {
  if (node.status === "terminated") return { acts: [], whyNone: "The node was removed from its host." };
  if (node.operation !== null) {
    return { acts: [], whyNone: `The operation ${node.operation} is under way; acts come back when it has ended.` };
  }
  return { acts: NODE_ACTS.filter((act) => CAN[act](node)) };
}

/** What the chain has of this node's key. */
type Standing = Pick<ValidatorStanding, "state" | "misses">;
const isAsked = ({ state }: Standing): boolean => state === "signing" || state === "missing" || state === "unknown";

function missed(standing: Standing, rest: string): string {
  const free = whyNotAsked(standing);
  if (free !== null) return `Nothing: ${free}.`;
  if (!isAsked(standing)) return "Nothing: no validator on the chain uses this key.";
  const left = standing.misses === null ? "" : ` ${groupDigits(standing.misses.left)} misses are left before jail.`;
  return `Every block of that time counts as missed; ${rest}${left}`;
}

/** What will happen, at what cost, and how it is undone; as the steps of the operation really do it. */
export function nodeActWords(act: NodeAct, name: string, standing: Standing): ActWords {
  const isActive = isAsked(standing);
  switch (act) {
    case "stop":
      return {
        button: "Stop node",
        act: `Stop node of ${name}`,
        effects: [
          "The node gets 30 seconds to end by itself, then it is ended.",
          "The last height it signed is read and kept as the floor for the next start.",
          isActive
            ? "The validator stops signing. Enough missed blocks in the window jail it."
            : "The node stops following the chain.",
        ],
        duration: "Up to a minute; the node stays stopped until somebody starts it.",
        cost: missed(standing, "too many jail the validator and burn a share of its stake."),
        wayBack: "Start node. It catches up before it signs.",
      };
    case "start":
      return {
        button: "Start node",
        act: `Start node of ${name}`,
        effects: [
          "The volume's sign state is held against the highest height ever seen; a lower one keeps the node down.",
          "The node starts and catches up with the chain.",
          standing.state === "jailed"
            ? "It signs nothing until the validator's owner unjails it."
            : isActive
              ? "It signs again once it is at the tip."
              : "It follows the chain.",
        ],
        duration: "Seconds to minutes, by how far the chain has moved on.",
        cost: "Nothing.",
        wayBack: "Stop node.",
        tone: "weighty",
      };
    case "redeploy":
      return {
        button: "Redeploy node",
        act: `Redeploy node of ${name}`,
        effects: [
          "The node is stopped, removed and made anew with the same volume.",
          "Consensus key and sign state stay; the configuration is written anew.",
          "The sign state is checked before the start: no height is signed twice.",
        ],
        duration: "One to three minutes.",
        cost: missed(standing, "a redeploy usually costs far fewer than the window allows."),
        wayBack: "None is needed: key and data stay as they are.",
      };
    case "terminate":
      return {
        button: "Terminate node",
        act: `Terminate node of ${name}`,
        effects: [
          "The node is stopped and removed from its host.",
          "Its volume with consensus key and sign state is kept.",
          isActive
            ? "The validator on the chain has no node any more: it will be jailed."
            : "The setup has no node any more.",
        ],
        duration: "Up to a minute.",
        cost: missed(standing, "the validator is jailed and a share of its stake burns."),
        wayBack: "None from this page: a removed node is not started again.",
        confirmWord: name,
      };
  }
}
