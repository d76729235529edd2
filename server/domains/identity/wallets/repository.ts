import "server-only";
import { asc, eq, inArray, lt, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { loginNonces, testWallets, wallets } from "@/db/schema/identity";
import { lockInTransaction } from "@/server/kernel/lock-in-transaction";

export type WalletRow = typeof wallets.$inferSelect;

export const insertLoginNonce = (tx: Transaction, row: typeof loginNonces.$inferInsert) =>
  tx.insert(loginNonces).values(row);

/** Takes the statement out, in one statement: of two at once, one gets it. */
export async function takeLoginNonce(tx: Transaction, nonce: string) {
  const [row] = await tx.delete(loginNonces).where(eq(loginNonces.nonce, nonce)).returning();
  return row;
}

/** Deletes statements that nobody may answer any more; says how many. */
export async function deleteExpiredNonces(tx: Transaction, now: Date): Promise<number> {
  const gone = await tx.delete(loginNonces).where(lt(loginNonces.expiresAt, now)).returning({ id: loginNonces.nonce });
  return gone.length;
}

/** Orders all who sign in with, link or invite one address; held until the transaction ends. */
export const lockAddress = (tx: Transaction, address: string) => lockInTransaction(tx, `identity.wallet:${address}`);

export const insertWallet = (tx: Transaction, row: typeof wallets.$inferInsert) => tx.insert(wallets).values(row);

export async function findWalletByAddress(db: Executor, address: string) {
  const [row] = await db.select().from(wallets).where(eq(wallets.address, address));
  return row;
}

export const markWalletUsed = (tx: Transaction, walletId: string, now: Date) =>
  tx.update(wallets).set({ lastUsedAt: now }).where(eq(wallets.id, walletId));

export const markTestWallet = (tx: Transaction, address: string, now: Date) =>
  tx.insert(testWallets).values({ address, markedAt: now }).onConflictDoNothing();

/** Which of these addresses are marked as test wallets. */
export async function listTestAddresses(db: Executor, addresses: readonly string[]): Promise<ReadonlySet<string>> {
  if (addresses.length === 0) return new Set();
  const rows = await db
    .select({ address: testWallets.address })
    .from(testWallets)
    .where(inArray(testWallets.address, [...addresses]));
  return new Set(rows.map((row) => row.address));
}

export const listWalletRows = (db: Executor, userId: string) =>
  db.select().from(wallets).where(eq(wallets.userId, userId)).orderBy(asc(wallets.createdAt), asc(wallets.id));

/** All addresses of each of these people who has one, oldest first. */
export async function listAddressesOf(
  db: Executor,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  const rows = await db
    .select({
      userId: wallets.userId,
      addresses: sql<string[]>`array_agg(${wallets.address} order by ${wallets.createdAt}, ${wallets.id})`,
    })
    .from(wallets)
    .where(inArray(wallets.userId, [...userIds]))
    .groupBy(wallets.userId);
  return new Map(rows.map((row) => [row.userId, row.addresses]));
}

export async function deleteWallet(tx: Transaction, walletId: string) {
  await tx.delete(wallets).where(eq(wallets.id, walletId));
}
