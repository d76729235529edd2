import "server-only";
import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { machineTiers, regionAllocations, regions } from "@/db/schema/regions";
import type { SlotHolder } from "./schemas";

export type RegionRow = typeof regions.$inferSelect;
export type MachineTierRow = typeof machineTiers.$inferSelect;

export const listRegionRows = (db: Executor): Promise<RegionRow[]> =>
  db.select().from(regions).orderBy(asc(regions.priority));

export const listTierRows = (db: Executor): Promise<MachineTierRow[]> =>
  db.select().from(machineTiers).orderBy(asc(machineTiers.monthlyPriceMinorUnits));

export async function findRegion(db: Executor, code: string): Promise<RegionRow | undefined> {
  const [row] = await db.select().from(regions).where(eq(regions.code, code));
  return row;
}

/** The region of that code or id. */
export async function findRegionByKey(db: Executor, key: string): Promise<RegionRow | undefined> {
  const [row] = await db
    .select()
    .from(regions)
    .where(or(eq(regions.code, key), eq(regions.id, key)));
  return row;
}

/** A region's held slots by the size that they are for. */
export const countHeldByTier = (db: Executor, regionId: string) =>
  db
    .select({ tierCode: regionAllocations.tierCode, held: sql<number>`count(*)::int` })
    .from(regionAllocations)
    .where(and(eq(regionAllocations.regionId, regionId), isNull(regionAllocations.releasedAt)))
    .groupBy(regionAllocations.tierCode);

/**
 * Takes one slot. The row's lock orders the callers and the condition is checked again under it, so fifty at once on ten slots are ten
 * winners; the rest get undefined.
 */
export async function takeSlot(tx: Transaction, code: string): Promise<RegionRow | undefined> {
  const [row] = await tx
    .update(regions)
    .set({ activeValidators: sql`${regions.activeValidators} + 1` })
    .where(
      and(
        eq(regions.code, code),
        eq(regions.status, "active"),
        eq(regions.isAcceptingNew, true),
        sql`${regions.activeValidators} < ${regions.maxValidators}`,
      ),
    )
    .returning();
  return row;
}

const heldBy = ({ kind, id }: SlotHolder) =>
  and(eq(regionAllocations.holderKind, kind), eq(regionAllocations.holderId, id), isNull(regionAllocations.releasedAt));

/** What the holder holds, whoever's it is: the caller tells its own from another's. */
export async function findHeldAllocation(db: Executor, holder: SlotHolder) {
  const [row] = await db.select().from(regionAllocations).where(heldBy(holder));
  return row;
}

/** False when the holder holds one already; waits for another transaction that is just about to. */
export async function insertAllocationIfNone(
  tx: Transaction,
  row: typeof regionAllocations.$inferInsert,
): Promise<boolean> {
  const inserted = await tx
    .insert(regionAllocations)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: regionAllocations.id });
  return inserted.length > 0;
}

/** Gives the slot back; only the caller that ends the allocation lowers the counter, so a second release changes nothing. */
export async function releaseAllocation(
  tx: Transaction,
  organizationId: string,
  holder: SlotHolder,
  now: Date,
): Promise<string | undefined> {
  const [ended] = await tx
    .update(regionAllocations)
    .set({ releasedAt: now })
    .where(and(eq(regionAllocations.organizationId, organizationId), heldBy(holder)))
    .returning();
  if (!ended) return undefined;
  await tx
    .update(regions)
    .set({ activeValidators: sql`${regions.activeValidators} - 1` })
    .where(eq(regions.id, ended.regionId));
  return ended.regionId;
}

export async function lockRegion(tx: Transaction, code: string): Promise<RegionRow | undefined> {
  const [row] = await tx.select().from(regions).where(eq(regions.code, code)).for("update");
  return row;
}

export async function insertRegionIfMissing(tx: Transaction, row: typeof regions.$inferInsert): Promise<boolean> {
  const inserted = await tx
    .insert(regions)
    .values(row)
    .onConflictDoNothing({ target: regions.code })
    .returning({ id: regions.id });
  return inserted.length > 0;
}

export const insertTierIfMissing = (tx: Transaction, row: typeof machineTiers.$inferInsert) =>
  tx
    .insert(machineTiers)
    .values(row)
    .onConflictDoNothing({ target: [machineTiers.regionId, machineTiers.code] });

/** Counter and true count of each region, for the recount check. */
export const countHeldByRegion = (db: Executor) =>
  db
    .select({
      code: regions.code,
      counted: regions.activeValidators,
      held: sql<number>`count(${regionAllocations.id})::int`,
    })
    .from(regions)
    .leftJoin(regionAllocations, and(eq(regionAllocations.regionId, regions.id), isNull(regionAllocations.releasedAt)))
    .groupBy(regions.id)
    .orderBy(asc(regions.code));

/** Organisations that hold slots, by region. */
export const listHolders = (db: Executor) =>
  db
    .selectDistinct({ regionId: regionAllocations.regionId, organizationId: regionAllocations.organizationId })
    .from(regionAllocations)
    .where(isNull(regionAllocations.releasedAt))
    .orderBy(asc(regionAllocations.regionId), asc(regionAllocations.organizationId));
