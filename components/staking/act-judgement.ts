import type { State } from "@/components/state/state";
import type { Act } from "@/server/domains/staking/schemas";

/** How each state of an act is judged and called. */
export const ACT_JUDGEMENT = {
  prepared: { state: "attention", word: "Not signed" },
  submitted: { state: "moving", word: "On its way" },
  done: { state: "ok", word: "Done" },
  failed: { state: "danger", word: "Failed" },
  expired: { state: "attention", word: "Never seen" },
  withdrawn: { state: "off", word: "Withdrawn" },
} as const satisfies Record<Act["status"], { state: State; word: string }>;

/** What came of an act, in a sentence for the person who signed it. */
export function actSentence(act: Pick<Act, "status" | "heightBlocks" | "reason">): string {
  switch (act.status) {
    case "prepared":
      return "Nobody has signed it yet.";
    case "submitted":
      return "Signed and handed to the chain; it waits for a block.";
    case "done":
      return `Block ${act.heightBlocks ?? "of the chain"} has it.`;
    case "failed":
      return `The chain refused it: ${act.reason ?? "it gave no reason."}`;
    case "expired":
      return "No block took it in time. It may be prepared and signed again.";
    case "withdrawn":
      return "It was given up before anybody signed.";
  }
}
