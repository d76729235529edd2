import { fleetBulkRows, fleetBulkRuns } from "@/db/schema/fleet";
import { machine } from "@/server/kernel/machine";
import { BULK_ROW_MOVES, BULK_RUN_MOVES } from "./states";

export const bulkRunMachine = machine({
  table: fleetBulkRuns,
  column: "status",
  movedAtColumn: "updatedAt",
  moves: BULK_RUN_MOVES,
  refusal: { code: "fleet.invalid_run_transition", subject: "The bulk run" },
  audit: ({ from, to, row }) => ({
    action: `fleet.bulk_run.${to}`,
    targetType: "bulk_run",
    targetId: row.id,
    organizationId: null,
    details: { from, to, act: row.act },
  }),
});

/** What became of each node stands in the operators' log; its organisation's has the act itself. */
export const bulkRowMachine = machine({
  table: fleetBulkRows,
  column: "status",
  reasonColumn: "statusReason",
  movedAtColumn: "updatedAt",
  moves: BULK_ROW_MOVES,
  refusal: { code: "fleet.invalid_row_transition", subject: "The node of the bulk run" },
  audit: ({ from, to, reason, row }) => ({
    action: `fleet.bulk_row.${to}`,
    targetType: "bulk_row",
    targetId: row.id,
    organizationId: null,
    details: {
      from,
      to,
      bulkRunId: row.bulkRunId,
      setupRequestId: row.setupRequestId,
      ofOrganization: row.organizationId,
      ...(reason === null ? {} : { reason }),
    },
  }),
});
