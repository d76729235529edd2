import type { Judgement } from "@/components/state/judgements";
import type { LocalMachine } from "@/server/domains/validators/local/schemas";

/** Why somebody should look at the machine, and what to do; in full sentences. */
export const WARNING_WORDS: Record<LocalMachine["warnings"][number], string> = {
  duplicate_signer:
    "Two machines sign with this validator's key. Stop one of them at once: signing one height twice ends the validator for good.",
  other_chain: "The node follows another chain than this validator's. Start it with this network's genesis.",
  on_battery: "The machine runs on its battery. When that is empty, the validator misses blocks.",
  may_sleep: "The machine is set to sleep by itself. A machine that sleeps misses blocks; turn that off.",
  disk_nearly_full: "The disk with the node's data is nearly full. A full disk stops the node.",
};

/** How the machine stands: what ends the validator before what only costs blocks. */
export function machineJudgement(machine: LocalMachine | null): Judgement {
  if (machine === null) return { state: "unknown", word: "Not heard of yet" };
  if (machine.duplicateSigner !== null) return { state: "danger", word: "Two signers" };
  if (machine.presence === "offline") return { state: "danger", word: "Offline" };
  if (machine.presence === "stale") return { state: "attention", word: "Reports late" };
  if (machine.isSynced === null) return { state: "unknown", word: "Online, sync unknown" };
  return machine.isSynced ? { state: "ok", word: "Online, in sync" } : { state: "moving", word: "Online, catching up" };
}
