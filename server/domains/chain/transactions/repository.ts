import "server-only";
import { and, asc, desc, eq, gt, inArray, lt, lte, type SQL } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { chainTransactions } from "@/db/schema/chain";
import { lockInTransaction } from "@/server/kernel/lock-in-transaction";
import { type OrganizationFilter, owned } from "@/server/kernel/owned";
import type { TransactionSubject } from "./schemas";

export type TransactionRow = typeof chainTransactions.$inferSelect;

/** Whose sequence a transaction takes: one account of one network, whichever organisations ask for it. */
export type Signer = Pick<TransactionRow, "networkId" | "signerAddress">;
const IN_FLIGHT = ["accepted", "broadcast"] as const;
const ofSigner = ({ networkId, signerAddress }: Signer): SQL | undefined =>
  and(eq(chainTransactions.networkId, networkId), eq(chainTransactions.signerAddress, signerAddress));

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
    .where(and(owned(chainTransactions.organizationId, organizationId), ofSubject(subject)))
    .orderBy(desc(chainTransactions.createdAt), desc(chainTransactions.id))
    .limit(50);

/** The organisation's transactions of that hash, upper-case hex. */
export const findTransactionsByHash = (
  db: Executor,
  organizationId: string,
  txHash: string,
  limit: number,
): Promise<TransactionRow[]> =>
  db
    .select()
    .from(chainTransactions)
    .where(and(eq(chainTransactions.organizationId, organizationId), eq(chainTransactions.txHash, txHash)))
    .orderBy(desc(chainTransactions.createdAt), desc(chainTransactions.id))
    .limit(limit);

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
        inArray(chainTransactions.status, [...IN_FLIGHT]),
        lt(chainTransactions.updatedAt, before),
        gt(chainTransactions.id, afterId),
      ),
    )
    .orderBy(asc(chainTransactions.id))
    .limit(limit);

/** Until this transaction ends, nobody else keeps or takes anything of the signer. */
export const lockSigner = (tx: Transaction, { networkId, signerAddress }: Signer) =>
  lockInTransaction(tx, `chain.signer:${networkId}:${signerAddress}`);

/** Whether any transaction of the signer is on its way to the chain. */
export async function isSignerBusy(db: Executor, signer: Signer): Promise<boolean> {
  const rows = await db
    .select({ id: chainTransactions.id })
    .from(chainTransactions)
    .where(and(ofSigner(signer), inArray(chainTransactions.status, [...IN_FLIGHT])))
    .limit(1);
  return rows.length > 0;
}

/** Unsigned documents of the signer whose sequence is used up once that of the row is; locked, so that they are unsigned until this ends. */
export const lockOutrun = (
  tx: Transaction,
  row: Signer & Pick<TransactionRow, "sequence">,
): Promise<TransactionRow[]> =>
  tx
    .select()
    .from(chainTransactions)
    .where(and(ofSigner(row), eq(chainTransactions.status, "prepared"), lte(chainTransactions.sequence, row.sequence)))
    .orderBy(asc(chainTransactions.id))
    .for("update");
