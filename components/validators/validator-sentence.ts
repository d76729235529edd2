import type { State } from "@/components/state/state";
import { formatDuration } from "@/lib/format/format-duration";
import { groupDigits } from "@/lib/format/group-digits";
import type { NodeView } from "@/server/domains/validators/schemas";

/** From here on a chain that should make blocks is worth a word. */
const SILENT_AFTER_MS = 30_000;

/** What is known of a validator now; null stands for "not known", never for zero. */
export type SentenceFacts = {
  readonly node: Pick<NodeView, "status" | "operation" | "statusMessage"> | null;
  readonly isJailed: boolean | null;
  readonly chainStatus: "bonded" | "unbonding" | "unbonded" | null;
  readonly isChainUnknown: boolean;
  readonly missedInGrid: number | null;
  /** Blocks of the grid that asked for its signature. */
  readonly gridBlocks: number;
  readonly missesLeft: number | null;
  /** Age of the newest recorded block. */
  readonly silentForMs: number | null;
};

/**
 * The one sentence at the top, worst first: jailed, node down, node under work, chain not known, not in the set, missing blocks, signing. What
 * it says of misses comes from the chain's own commits and counters.
 */
export function validatorSentence(facts: SentenceFacts): { state: State; word: string; sentence: string } {
  const { node, missesLeft } = facts;
  const left = missesLeft === null ? "" : ` ${groupDigits(missesLeft)} more before jail.`;
  if (facts.isJailed === true) {
    return {
      state: "danger",
      word: "Jailed",
      sentence: "The chain has jailed this validator: it signs nothing and earns nothing until it is unjailed.",
    };
  }
  if (node?.operation) return { state: "moving", word: "At work", sentence: node.statusMessage };
  if (node?.status === "error") return { state: "danger", word: "Node down", sentence: `${node.statusMessage}${left}` };
  if (node?.status === "stopped")
    return { state: "attention", word: "Stopped", sentence: `The node is stopped and misses every block.${left}` };
  if (facts.isChainUnknown)
    return {
      state: "unknown",
      word: "Not known",
      sentence: "The chain does not answer, so whether this validator signs is not known.",
    };
  if (facts.chainStatus !== null && facts.chainStatus !== "bonded") {
    return {
      state: "attention",
      word: "Not in the set",
      sentence: "The validator exists but is not in the active set; it needs more stake than the lowest of the set.",
    };
  }
  if (facts.silentForMs !== null && facts.silentForMs > SILENT_AFTER_MS) {
    return {
      state: "unknown",
      word: "Not known",
      sentence: `No new block has been recorded for ${formatDuration(facts.silentForMs)}; whether it signs now is not known.`,
    };
  }
  if (facts.missedInGrid === null)
    return { state: "unknown", word: "Not known", sentence: "The record of its blocks has not been read." };
  if (facts.gridBlocks === 0)
    return {
      state: "unknown",
      word: "Not known",
      sentence: "No block that asked for its signature has been recorded yet.",
    };
  if (facts.missedInGrid > 0) {
    return {
      state: facts.missedInGrid > facts.gridBlocks / 10 ? "danger" : "attention",
      word: "Missing blocks",
      sentence: `${groupDigits(facts.missedInGrid)} of the last ${groupDigits(facts.gridBlocks)} blocks missed.${left}`,
    };
  }
  return {
    state: "ok",
    word: "Signing",
    sentence: `No block missed of the last ${groupDigits(facts.gridBlocks)}.${left}`,
  };
}
