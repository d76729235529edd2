import type { MissCause } from "@/server/domains/validators/constants";

/** What explains a missed block, as far as the node's own state then tells. */
export const MISS_CAUSE_WORDS: Record<MissCause, { readonly title: string; readonly meaning: string }> = {
  stopped: { title: "Stopped from here", meaning: "The node was stopped, or an operation was under way." },
  down: { title: "Node down", meaning: "The node had ended or did not answer, although it should run." },
  no_peers: { title: "No peers", meaning: "The node ran and had nobody to send its votes to." },
  behind: { title: "Behind the tip", meaning: "The node was catching up, so it could not vote on the newest block." },
  in_sync: {
    title: "In sync, not signed",
    meaning: "The node ran at the tip with peers: its vote came too late, or was not among those that were kept.",
  },
  unknown: { title: "Unknown", meaning: "Nobody looked at the node then." },
};
