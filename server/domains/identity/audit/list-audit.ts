import { type AuditFilter, type AuditRow, listAuditRows } from "@/server/kernel/audit-chain";
import { pageSchema } from "@/server/kernel/page-schema";
import { decodeCursor, type Page, pageOf } from "@/server/kernel/pagination";
import { defineQuery } from "@/server/kernel/verbs";
import { AuditRecord, ListAuditInput, ListPlatformAuditInput } from "../schemas";

const toRecord = (row: AuditRow): AuditRecord => ({
  id: row.id,
  chainKey: row.chainKey,
  sequence: row.sequence,
  occurredAt: row.occurredAt.toISOString(),
  actor: row.actor,
  action: row.action,
  targetType: row.targetType,
  targetId: row.targetId,
  requestId: row.requestId,
  ipAddress: row.ipAddress,
  details: row.details,
  hash: row.hash,
});

/** Records behind the cursor, newest first; of all chains where the filter names none. */
export async function auditPage(
  db: Parameters<typeof listAuditRows>[0],
  filter: AuditFilter,
  input: { limit: number; cursor?: string | undefined },
): Promise<Page<AuditRecord>> {
  const rows = await listAuditRows(db, filter, decodeCursor(input.cursor), input.limit + 1);
  return pageOf(rows, input.limit, (row) => ({ sort: row.occurredAt.toISOString(), id: row.id }), toRecord);
}

/** The organisation's audit log, newest first. */
export const listAudit = defineQuery({
  verb: "identity.list-audit",
  scope: "audit:read",
  tenancy: "organization",
  input: ListAuditInput,
  output: pageSchema(AuditRecord),
  run: (ctx, { limit, cursor, ...filter }) =>
    auditPage(ctx.db, { ...filter, chainKey: ctx.organizationId }, { limit, cursor }),
});

/** The audit log of one chain or of all, newest first; for operators. */
export const listPlatformAudit = defineQuery({
  verb: "identity.list-platform-audit",
  scope: "platform:read",
  tenancy: "platform",
  input: ListPlatformAuditInput,
  output: pageSchema(AuditRecord),
  run: (ctx, { limit, cursor, ...filter }) => auditPage(ctx.db, filter, { limit, cursor }),
});
