import "server-only";
import { and, asc, desc, eq, gt, inArray, lt, type SQL } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { chainTransactions } from "@/db/schema/chain";
import type { TransactionSubject } from "../schemas";

export type TransactionRow = typeof chainTransactions.$inferSelect;

/** `null` for the platform's own acts, which reach every organisation; else that organisation's rows only. */
type OrganizationFilter = string | null;
const owned = (organizationId: OrganizationFilter): SQL | undefined =>
  organizationId === null ? undefined : eq(chainTransactions.organizationId, organizationId);
const ofSubject = ({ kind, id }: TransactionSubject): SQL | undefined =>
  and(eq(chainTransactions.subjectKind, kind), eq(chainTransactions.subjectId, id));

export async function insertDocument(
  tx: Transaction,
  row: typeof chainTransactions.$inferInsert & { readonly status: "prepared" },
): Promise<TransactionRow> {
  const [inserted] = await tx.insert(chainTransactions).values(row).returning();
  if (!inserted) throw new Error("insert returned no row");
  return inserted;
}

export async function findTransaction(db: Executor, id: string): Promise<TransactionRow | undefined> {
  const [row] = await db.select().from(chainTransactions).where(eq(chainTransactions.id, id));
  return row;
}

export async function lockTransaction(tx: Transaction, id: string): Promise<TransactionRow | undefined> {
  const [row] = await tx.select().from(chainTransactions).where(eq(chainTransactions.id, id)).for("update");
  return row;
}

/** Newest first. */
export const listTransactionsOf = (
  db: Executor,
  organizationId: OrganizationFilter,
  subject: TransactionSubject,
): Promise<TransactionRow[]> =>
  db
    .select()
    .from(chainTransactions)
    .where(and(owned(organizationId), ofSubject(subject)))
    .orderBy(desc(chainTransactions.createdAt), desc(chainTransactions.id))
    .limit(50);

/** Transactions on their way to the chain whose row has not changed since `before`, a page after an id. */
export const listInFlightUnchangedSince = (
  db: Executor,
  before: Date,
  afterId: string,
  limit: number,
): Promise<TransactionRow[]> =>
  db
    .select()
    .from(chainTransactions)
    .where(
      and(
        inArray(chainTransactions.status, ["accepted", "broadcast"]),
        lt(chainTransactions.updatedAt, before),
        gt(chainTransactions.id, afterId),
      ),
    )
    .orderBy(asc(chainTransactions.id))
    .limit(limit);
