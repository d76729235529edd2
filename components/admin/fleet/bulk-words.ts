import type { Judgement } from "@/components/state/judgements";
import type { BulkAct, BulkRowStatus, BulkRunStatus } from "@/server/domains/fleet/constants";

export const RUN_JUDGEMENT: Record<BulkRunStatus, Judgement> = {
  running: { state: "moving", word: "Running" },
  paused: { state: "attention", word: "Paused" },
  cancelling: { state: "moving", word: "Being cancelled" },
  cancelled: { state: "off", word: "Cancelled" },
  done: { state: "ok", word: "Done" },
};

export const ROW_JUDGEMENT: Record<BulkRowStatus, Judgement> = {
  waiting: { state: "off", word: "Waiting" },
  under_way: { state: "moving", word: "Under way" },
  done: { state: "ok", word: "Done" },
  failed: { state: "danger", word: "Failed" },
  refused: { state: "attention", word: "Refused" },
  cancelled: { state: "off", word: "Cancelled" },
};

export const ACT_WORDS: Record<BulkAct, { readonly button: string; readonly past: string; readonly effect: string }> = {
  stop: {
    button: "Stop nodes",
    past: "Stop",
    effect: "Each node is ended and stays down until somebody starts it; its validator misses every block meanwhile.",
  },
  start: {
    button: "Start nodes",
    past: "Start",
    effect: "Each node is started after its sign state was held against the highest that is known.",
  },
  redeploy: {
    button: "Redeploy nodes",
    past: "Redeploy",
    effect: "Each node is ended, made anew and started; key and sign state stay on its volume.",
  },
  hold: {
    button: "Hold nodes back",
    past: "Hold",
    effect:
      "Nobody can start or replace the node until it is released; one that runs goes on. Its owner reads the reason.",
  },
  release: {
    button: "Release nodes",
    past: "Release",
    effect: "Nodes that are held back can be started again; none is started by it.",
  },
};

/** How far a run is, for the sentence at its head. */
export const progressOf = (counts: Readonly<Record<BulkRowStatus, number>>): string => {
  const parts = (Object.entries(counts) as [BulkRowStatus, number][]).flatMap(([status, nodes]) =>
    nodes === 0 ? [] : [`${nodes} ${ROW_JUDGEMENT[status].word.toLowerCase()}`],
  );
  return parts.length === 0 ? "It has no nodes." : `${parts.join(", ")}.`;
};

/** What follows the word for a run's state, which it does not repeat. */
export function runSentence(status: BulkRunStatus, counts: Readonly<Record<BulkRowStatus, number>>): string {
  const isAllDone = Object.entries(counts).every(([state, nodes]) => state === "done" || nodes === 0);
  return status === "done" && isAllDone && counts.done > 0 ? "So are all of its nodes." : progressOf(counts);
}
