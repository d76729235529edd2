import { sql } from "drizzle-orm";
import { boolean, index, integer, pgEnum, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { BULK_ROW_STATUSES, BULK_RUN_STATUSES } from "../states/fleet";
import { baseUnits, id, instant, timestamps } from "./columns";

export const bulkRunStatus = pgEnum("fleet_bulk_run_status", BULK_RUN_STATUSES);
export const bulkRowStatus = pgEnum("fleet_bulk_row_status", BULK_ROW_STATUSES);

/** One row is one act that an operator asked for on many nodes. */
export const fleetBulkRuns = pgTable(
  "fleet_bulk_runs",
  {
    id: id(),
    act: text().$type<"stop" | "start" | "redeploy" | "hold" | "release">().notNull(),
    status: bulkRunStatus().notNull(),
    /** Grows with every wish: to resume, to cancel. */
    generation: integer().notNull().default(1),
    /** Why, in the operator's words. */
    reason: text().notNull(),
    /** Who asked for it, as the audit log names actors. */
    startedBy: text().notNull(),
    /** Nodes that are worked on at once. */
    atOnce: integer().notNull(),
    /** The most of a network's voting power that may be away at once, in percent. */
    maxPowerPercent: integer().notNull(),
    /** Whether validators that would be jailed by it are among its nodes. */
    mayJail: boolean().notNull(),
    endedAt: instant(),
    ...timestamps(),
  },
  (table) => [index("fleet_bulk_runs_created_idx").on(table.createdAt, table.id)],
);

/** One row is one node of a bulk run, with what became of it. */
export const fleetBulkRows = pgTable(
  "fleet_bulk_rows",
  {
    id: id(),
    bulkRunId: text()
      .notNull()
      .references(() => fleetBulkRuns.id, { onDelete: "cascade" }),
    /** Its place in the order in which nodes are taken. */
    position: integer().notNull(),
    setupRequestId: text().notNull(),
    nodeId: text(),
    organizationId: text().notNull(),
    networkId: text().notNull(),
    validatorName: text().notNull(),
    /** The stake that is away while it is worked on; null where the validator is not in the set, or nothing is known of it. */
    powerBaseUnits: baseUnits(),
    status: bulkRowStatus().notNull(),
    /** Code of why it was refused or failed; null where the state says it all. */
    statusReason: text(),
    /** What happened, in one sentence. */
    sentence: text().notNull(),
    /** The node's generation that this act made; a higher one is somebody else's act. */
    nodeGeneration: integer(),
    askedAt: instant(),
    endedAt: instant(),
    ...timestamps(),
  },
  (table) => [
    uniqueIndex("fleet_bulk_rows_position_uq").on(table.bulkRunId, table.position),
    index("fleet_bulk_rows_status_idx").on(table.bulkRunId, table.status, table.position),
    index("fleet_bulk_rows_away_idx").on(table.networkId).where(sql`${table.status} = 'under_way'`),
  ],
);
