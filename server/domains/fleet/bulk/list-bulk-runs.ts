import { organizationNames } from "@/server/domains/identity";
import { pageSchema } from "@/server/kernel/page-schema";
import { decodeCursor, pageOf } from "@/server/kernel/pagination";
import { defineQuery } from "@/server/kernel/verbs";
import { BULK_ROW_STATUSES } from "../constants";
import { bulkRunNotFound } from "../errors";
import { type BulkRowRow, countRows, findRun, listRowsOf, listRunRows, type RunRow } from "../repository";
import { BulkRow, BulkRun, BulkRunRef, ListBulkRowsInput, ListBulkRunsInput } from "../schemas";

type Counted = Awaited<ReturnType<typeof countRows>>;

function toRun(row: RunRow, counted: Counted): BulkRun {
  const of = (status: string) => counted.find((one) => one.bulkRunId === row.id && one.status === status)?.rows ?? 0;
  const counts = Object.fromEntries(BULK_ROW_STATUSES.map((status) => [status, of(status)])) as BulkRun["counts"];
  const { id, act, status, reason, startedBy, atOnce, maxPowerPercent, mayJail } = row;
  return {
    ...{ id, act, status, reason, startedBy, atOnce, maxPowerPercent, mayJail, counts },
    nodes: Object.values(counts).reduce((sum, rows) => sum + rows, 0),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

/** Bulk runs, newest first. */
export const listBulkRuns = defineQuery({
  verb: "fleet.list-bulk-runs",
  scope: "platform:read",
  tenancy: "platform",
  input: ListBulkRunsInput,
  output: pageSchema(BulkRun),
  run: async (ctx, { limit, cursor }) => {
    const rows = await listRunRows(ctx.db, { limit: limit + 1, after: decodeCursor(cursor) });
    const counted = await countRows(
      ctx.db,
      rows.map(({ id }) => id),
    );
    return pageOf(
      rows,
      limit,
      (row) => ({ sort: row.createdAt.toISOString(), id: row.id }),
      (row) => toRun(row, counted),
    );
  },
});

/** One bulk run with how far it is. @throws not_found fleet.bulk_run_not_found */
export const getBulkRun = defineQuery({
  verb: "fleet.get-bulk-run",
  scope: "platform:read",
  tenancy: "platform",
  input: BulkRunRef,
  output: BulkRun,
  run: async (ctx, { bulkRunId }) => {
    const row = await findRun(ctx.db, bulkRunId);
    if (!row) throw bulkRunNotFound(bulkRunId);
    return toRun(row, await countRows(ctx.db, [row.id]));
  },
});

const positionOf = ({ position, createdAt }: BulkRowRow) => ({ sort: createdAt.toISOString(), id: String(position) });

/** The nodes of a bulk run in the order in which they are taken. @throws not_found fleet.bulk_run_not_found */
export const listBulkRows = defineQuery({
  verb: "fleet.list-bulk-rows",
  scope: "platform:read",
  tenancy: "platform",
  input: ListBulkRowsInput,
  output: pageSchema(BulkRow),
  run: async (ctx, { bulkRunId, limit, cursor, status }) => {
    if (!(await findRun(ctx.db, bulkRunId))) throw bulkRunNotFound(bulkRunId);
    const after = decodeCursor(cursor);
    const rows = await listRowsOf(ctx.db, bulkRunId, {
      limit: limit + 1,
      statuses: status === undefined ? undefined : [status],
      afterPosition: after === undefined ? undefined : Number(after.id) || 0,
    });
    const names = await organizationNames(
      ctx.db,
      rows.map(({ organizationId }) => organizationId),
    );
    return pageOf(rows, limit, positionOf, (row) => ({
      id: row.id,
      position: row.position,
      setupRequestId: row.setupRequestId,
      nodeId: row.nodeId,
      organizationId: row.organizationId,
      organizationName: names.get(row.organizationId) ?? null,
      networkId: row.networkId,
      validatorName: row.validatorName,
      status: row.status,
      statusReason: row.statusReason,
      sentence: row.sentence,
      askedAt: row.askedAt?.toISOString() ?? null,
      endedAt: row.endedAt?.toISOString() ?? null,
    }));
  },
});
