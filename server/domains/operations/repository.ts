import "server-only";
import { eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { installationClaims } from "@/db/schema/operations";

export type ClaimRow = typeof installationClaims.$inferSelect;
type Place = Pick<ClaimRow, "machineHash" | "dataDirHash">;

/** The claim, locked, laid down for this place where there was none: of two first starts at once the second meets the first's row. */
export async function lockClaim(tx: Transaction, place: Place, now: Date): Promise<{ row: ClaimRow; isNew: boolean }> {
  const [made] = await tx
    .insert(installationClaims)
    .values({ ...place, claimedAt: now })
    .onConflictDoNothing()
    .returning();
  if (made) return { row: made, isNew: true };
  const [row] = await tx.select().from(installationClaims).for("update");
  if (!row) throw new Error("the claim of the installation is neither new nor there");
  return { row, isNew: false };
}

/** Gives the database to this place. */
export async function moveClaim(tx: Transaction, place: Place, now: Date): Promise<void> {
  await tx
    .update(installationClaims)
    .set({ ...place, claimedAt: now })
    .where(eq(installationClaims.only, 1));
}
