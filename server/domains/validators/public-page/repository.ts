import "server-only";
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { provisioningEvents, validatorSetupRequests } from "@/db/schema/validators";
import type { SetupRow } from "../requests/repository";

const table = validatorSetupRequests;

/** The validator of that operator which its organisation shows; of several networks the one that was published last. */
export async function findPublished(db: Executor, operatorAddress: string): Promise<SetupRow | undefined> {
  const [row] = await db
    .select()
    .from(table)
    .where(
      and(
        eq(table.operatorAddress, operatorAddress),
        isNotNull(table.publishedAt),
        isNotNull(table.consensusPubkey),
        inArray(table.status, ["active", "ended"]),
      ),
    )
    .orderBy(sql`${table.endedAt} is not null`, desc(table.publishedAt), desc(table.id))
    .limit(1);
  return row;
}

/** Validators that came to the chain since then and of whose first signature nothing is known, a page after an id. */
export const listWithoutFirstSigned = (
  db: Executor,
  since: Date,
  afterId: string,
  limit: number,
): Promise<SetupRow[]> =>
  db
    .select()
    .from(table)
    .where(
      and(
        eq(table.status, "active"),
        isNull(table.firstSignedHeight),
        isNotNull(table.consensusPubkey),
        gt(table.completedAt, since),
        gt(table.id, afterId),
      ),
    )
    .orderBy(asc(table.id))
    .limit(limit);

/** Keys of all validators that the chain has or had. */
export const listKeys = (db: Executor) =>
  db
    .select({ networkId: table.networkId, consensusPubkey: table.consensusPubkey, status: table.status })
    .from(table)
    .where(and(inArray(table.status, ["active", "ended"]), isNotNull(table.consensusPubkey)));

/** Setups on hosts of ours that came to a ready node since then at the first try: how many, and the median of how long it took. */
export async function medianSetup(db: Executor, since: Date): Promise<{ count: number; medianMs: number | null }> {
  const tookMs = sql`extract(epoch from ${table.provisioningCompletedAt} - ${table.createdAt}) * 1000`;
  const [row] = await db
    .select({
      count: sql<number>`count(*)::int`,
      medianMs: sql<number | null>`round(percentile_cont(0.5) within group (order by ${tookMs}))::float8`,
    })
    .from(table)
    .where(and(gt(table.provisioningCompletedAt, since), eq(table.runMode, "cloud"), eq(table.retryCount, 0)));
  return row ?? { count: 0, medianMs: null };
}

/** Starts that the guard of the sign state refused since then. */
export async function countRefusedStarts(db: Executor, since: Date): Promise<number> {
  const [row] = await db
    .select({ refused: sql<number>`count(*)::int` })
    .from(provisioningEvents)
    .where(
      and(
        sql`${provisioningEvents.details} ->> 'code' = 'validators.sign_state_refused'`,
        gt(provisioningEvents.at, since),
      ),
    );
  return row?.refused ?? 0;
}
