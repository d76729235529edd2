import "server-only";
import { eq, inArray } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { users } from "@/db/schema/identity";

export const lockUser = (tx: Transaction, userId: string) =>
  tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");

export const insertUser = (tx: Transaction, row: typeof users.$inferInsert) => tx.insert(users).values(row);

export async function findUser(db: Executor, userId: string) {
  const [row] = await db.select().from(users).where(eq(users.id, userId));
  return row;
}

export const updateUser = (tx: Transaction, userId: string, patch: Partial<typeof users.$inferInsert>) =>
  tx.update(users).set(patch).where(eq(users.id, userId));

/** Names that people show, by person. */
export async function listDisplayNames(db: Executor, userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .select({ id: users.id, displayName: users.displayName })
    .from(users)
    .where(inArray(users.id, [...userIds]));
  return new Map(rows.map((row) => [row.id, row.displayName]));
}
