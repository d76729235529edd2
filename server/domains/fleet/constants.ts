import type { BulkRowStatus } from "@/db/states/fleet";
import type { StepWords } from "@/server/kernel/work/declare-work";

export { BULK_ROW_STATUSES, BULK_RUN_STATUSES, type BulkRowStatus, type BulkRunStatus } from "@/db/states/fleet";

/** What can be done to many nodes: each is the act of the same name on one. */
export const BULK_ACTS = ["stop", "start", "redeploy", "hold", "release"] as const;
export type BulkAct = (typeof BULK_ACTS)[number];

/** Nodes of one run. */
export const MAX_ROWS = 200;
/** Nodes that are worked on at once. */
export const MAX_AT_ONCE = 20;
export const DEFAULT_AT_ONCE = 3;
/** Well below the third of a network's voting power without which it makes no blocks. */
export const DEFAULT_POWER_PERCENT = 10;
export const REASON_MAX_CHARACTERS = 300;
/** How long a node is reckoned to be away while it is replaced. */
export const REDEPLOY_AWAY_SECONDS = 60;

/** What the operator types to begin: act and count, so that a run over more nodes than were meant is not begun. */
export const confirmationOf = (act: BulkAct, nodes: number): string =>
  `${act} ${nodes} ${nodes === 1 ? "node" : "nodes"}`;

/** Of rows that are over nothing more happens. */
export const ROWS_OVER = ["done", "failed", "refused", "cancelled"] as const satisfies readonly BulkRowStatus[];

export const RUN_BULK = "fleet.run-bulk";
export const RUN_BULK_STEPS = [
  {
    id: "advance",
    title: "Work through the nodes",
    sentence: "Asking a few nodes at a time and waiting until each is done.",
    percentWhenDone: 100,
  },
] as const satisfies readonly StepWords[];
