import type { Judgement } from "@/components/state/judgements";
import type { Network, NetworkCheck, NetworkEndpoint } from "@/server/domains/chain/networks/schemas";

export const NETWORK_JUDGEMENT: Record<Network["status"], Judgement> = {
  active: { state: "ok", word: "Active" },
  planned: { state: "moving", word: "Planned" },
  retired: { state: "off", word: "Retired" },
};

export const ENDPOINT_JUDGEMENT: Record<NetworkEndpoint["state"], Judgement> = {
  healthy: { state: "ok", word: "Answers" },
  failing: { state: "attention", word: "Failing" },
  quarantined: { state: "danger", word: "Another chain" },
  unknown: { state: "unknown", word: "Not asked yet" },
};

export const CHECK_JUDGEMENT: Record<NetworkCheck["state"], Judgement> = {
  ok: { state: "ok", word: "Agrees" },
  warning: { state: "attention", word: "Look at it" },
  failed: { state: "danger", word: "Does not agree" },
  unknown: { state: "unknown", word: "Not found out" },
};

/** How a network stands, and what can be done on it. */
export function networkSentence(network: Pick<Network, "status" | "takesNodes">): string {
  if (network.status === "planned") return "Its record is kept; nobody follows it and nothing is made for it yet.";
  if (network.status === "retired") return "It is off the offer: nobody follows it, and its records stay.";
  return network.takesNodes
    ? "It is followed, and validators can be set up on it."
    : "It is followed. No node can be made for it: a release and a genesis with its SHA-256 have to be on its record.";
}
