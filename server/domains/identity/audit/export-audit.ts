import type { z } from "zod";
import { csvLine } from "@/lib/format/csv";
import { canonicalJson } from "@/server/kernel/audit";
import type { ServiceCtx } from "@/server/kernel/context";
import { MAX_EXPORTED_AUDIT_ROWS } from "../constants";
import type { AuditRecord, ExportAuditInput } from "../schemas";
import { auditPage } from "./list-audit";

/** Rows that are read at a time, and all that are held in memory. The most of a file is a multiple of it. */
const PAGE_ROWS = 1_000;

const COLUMNS = [
  ["sequence", ({ sequence }) => String(sequence)],
  ["occurredAt", ({ occurredAt }) => occurredAt],
  ["actor", ({ actor }) => actor],
  ["action", ({ action }) => action],
  ["targetType", ({ targetType }) => targetType],
  ["targetId", ({ targetId }) => targetId],
  ["ipAddress", ({ ipAddress }) => ipAddress ?? ""],
  ["requestId", ({ requestId }) => requestId],
  ["details", ({ details }) => canonicalJson(details)],
  ["id", ({ id }) => id],
  ["chainKey", ({ chainKey }) => chainKey],
  ["hash", ({ hash }) => hash],
] as const satisfies readonly (readonly [keyof AuditRecord, (row: AuditRecord) => string])[];

const HEAD = csvLine(COLUMNS.map(([name]) => name));
const lineOf = (row: AuditRecord): string => csvLine(COLUMNS.map(([, text]) => text(row)));

/** What the file is cut with: a line of as many cells as the others, the first of which says how to get what is older. */
function lastLine({ occurredAt }: AuditRecord): string {
  // Rows of the same instant may lie on both sides of the cut: rather twice than not at all.
  const until = new Date(Date.parse(occurredAt) + 1).toISOString();
  const words = `Not the whole log: these are the newest ${MAX_EXPORTED_AUDIT_ROWS} rows. For older ones ask with until=${until}`;
  return csvLine(COLUMNS.map((_, index) => (index === 0 ? words : "")));
}

/**
 * The organisation's audit log as CSV, newest first: the rows of the list by its own cursor. Reading it is not audited, as reading the list is
 * not.
 */
export async function* exportAudit(
  ctx: Pick<ServiceCtx, "db" | "organizationId">,
  { action, actor, targetId, since, until }: z.output<typeof ExportAuditInput>,
): AsyncGenerator<string> {
  // A filter without a chain would be one of all chains.
  if (ctx.organizationId === null) throw new Error("an audit log is exported for an organisation alone");
  const filter = { action, actor, targetId, since, until, chainKey: ctx.organizationId };
  yield HEAD;
  let cursor: string | undefined;
  for (let rows = PAGE_ROWS; rows <= MAX_EXPORTED_AUDIT_ROWS; rows += PAGE_ROWS) {
    const page = await auditPage(ctx.db, filter, { limit: PAGE_ROWS, cursor });
    const last = page.items.at(-1);
    if (last === undefined) return;
    yield page.items.map(lineOf).join("");
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
    if (rows === MAX_EXPORTED_AUDIT_ROWS) yield lastLine(last);
  }
}

/** How such a file begins. */
export const AUDIT_EXPORT_EXAMPLE = `${HEAD}${lineOf({
  sequence: 42,
  occurredAt: "2026-01-31T09:30:00.000Z",
  actor: "user:usr_01929d3e-7b1c-7a44-9c1e-3f8f6c2d9a10",
  action: "identity.api_token.created",
  targetType: "api_token",
  targetId: "tok_01929d3e-7b1c-7a44-9c1e-3f8f6c2d9a11",
  ipAddress: "192.0.2.7",
  requestId: "req_01929d3e-7b1c-7a44-9c1e-3f8f6c2d9a12",
  details: { name: "deploy" },
  id: "aud_01929d3e-7b1c-7a44-9c1e-3f8f6c2d9a13",
  chainKey: "org_01929d3e-7b1c-7a44-9c1e-3f8f6c2d9a14",
  hash: "0".repeat(64),
})}`;
