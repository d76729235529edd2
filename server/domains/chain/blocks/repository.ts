import "server-only";
import { and, asc, desc, eq, gte, inArray, lt, lte, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { chainBlocks, chainStates, chainSyncGaps, chainValidatorSets } from "@/db/schema/chain";
import { CHAIN_CHANNEL } from "../constants";

export type StateRow = typeof chainStates.$inferSelect;
/** One block as one validator lived it: its letter in the signatures, null when it was not in the set. */
export type SigningRow = { heightBlocks: bigint; blockAt: Date; letter: string | null };

export async function findState(db: Executor, networkId: string): Promise<StateRow | undefined> {
  const [row] = await db.select().from(chainStates).where(eq(chainStates.networkId, networkId));
  return row;
}

/** The state's row under a lock that orders all recording of one network; made when it is not there. */
export async function lockState(tx: Transaction, networkId: string, now: Date): Promise<StateRow> {
  await tx.insert(chainStates).values({ networkId, updatedAt: now }).onConflictDoNothing();
  const [row] = await tx.select().from(chainStates).where(eq(chainStates.networkId, networkId)).for("update");
  if (!row) throw new Error("the state's row is gone");
  return row;
}

export const updateState = (tx: Transaction, networkId: string, patch: Partial<typeof chainStates.$inferInsert>) =>
  tx.update(chainStates).set(patch).where(eq(chainStates.networkId, networkId));

export async function findBlockHash(
  db: Executor,
  networkId: string,
  heightBlocks: bigint,
): Promise<string | undefined> {
  const [row] = await db
    .select({ hash: chainBlocks.hash })
    .from(chainBlocks)
    .where(and(eq(chainBlocks.networkId, networkId), eq(chainBlocks.heightBlocks, heightBlocks)));
  return row?.hash;
}

/** Recorded blocks of that height or of that hash, on these networks. */
export const findBlocks = (
  db: Executor,
  networkIds: readonly string[],
  by: { heightBlocks: bigint } | { hash: string },
  limit: number,
) =>
  db
    .select({
      networkId: chainBlocks.networkId,
      heightBlocks: chainBlocks.heightBlocks,
      hash: chainBlocks.hash,
      blockAt: chainBlocks.blockAt,
      txCount: chainBlocks.txCount,
    })
    .from(chainBlocks)
    .where(
      and(
        inArray(chainBlocks.networkId, [...networkIds]),
        "hash" in by ? eq(chainBlocks.hash, by.hash) : eq(chainBlocks.heightBlocks, by.heightBlocks),
      ),
    )
    .limit(limit);

/** Newest recorded block from before that time, and the heights of later ones in which nothing was. */
export async function findEmptyBlocksSince(
  db: Executor,
  networkId: string,
  since: Date,
): Promise<{ readonly floor: bigint | null; readonly empty: ReadonlySet<bigint> }> {
  const ofNetwork = eq(chainBlocks.networkId, networkId);
  const [before] = await db
    .select({ heightBlocks: chainBlocks.heightBlocks })
    .from(chainBlocks)
    .where(and(ofNetwork, lt(chainBlocks.blockAt, since)))
    .orderBy(desc(chainBlocks.blockAt))
    .limit(1);
  const empty = await db
    .select({ heightBlocks: chainBlocks.heightBlocks })
    .from(chainBlocks)
    .where(and(ofNetwork, gte(chainBlocks.blockAt, since), eq(chainBlocks.txCount, 0)));
  return { floor: before?.heightBlocks ?? null, empty: new Set(empty.map((row) => row.heightBlocks)) };
}

export const insertSets = (tx: Transaction, rows: readonly (typeof chainValidatorSets.$inferInsert)[]) =>
  rows.length === 0
    ? Promise.resolve([])
    : tx
        .insert(chainValidatorSets)
        .values([...rows])
        .onConflictDoNothing();

/** Sizes of the sets by hash. */
export const listSetSizes = (db: Executor, networkId: string, setHashes: readonly string[]) =>
  db
    .select({ setHash: chainValidatorSets.setHash, size: sql<number>`cardinality(${chainValidatorSets.addresses})` })
    .from(chainValidatorSets)
    .where(and(eq(chainValidatorSets.networkId, networkId), inArray(chainValidatorSets.setHash, [...setHashes])));

export const insertBlocks = (tx: Transaction, rows: readonly (typeof chainBlocks.$inferInsert)[]) =>
  tx.insert(chainBlocks).values([...rows]);

export const insertGap = (tx: Transaction, row: typeof chainSyncGaps.$inferInsert) =>
  tx.insert(chainSyncGaps).values(row);

/** Tells listeners, once the transaction commits. */
export const notifyChain = (tx: Transaction, facts: { networkId: string; heightBlocks: string }) =>
  tx.execute(sql`select pg_notify(${CHAIN_CHANNEL}, ${JSON.stringify(facts)})`);

/** Drops blocks below the height, and sets that no block names any more. */
export async function pruneBlocks(tx: Transaction, networkId: string, belowHeightBlocks: bigint): Promise<void> {
  await tx
    .delete(chainBlocks)
    .where(and(eq(chainBlocks.networkId, networkId), lt(chainBlocks.heightBlocks, belowHeightBlocks)));
  await tx
    .delete(chainSyncGaps)
    .where(and(eq(chainSyncGaps.networkId, networkId), lt(chainSyncGaps.toHeightBlocks, belowHeightBlocks)));
  await tx.execute(sql`
    delete from ${chainValidatorSets} s where s.network_id = ${networkId} and not exists (
      select 1 from ${chainBlocks} b where b.network_id = s.network_id and b.set_hash = s.set_hash)`);
}

/** Stands for a validator that was not in the set of a block. */
const NOT_IN_SET = "-";

/** The kept blocks of the range as each of these validators lived them, oldest first; lists in the order of the addresses, which are plain hex. */
export async function listSigning(
  db: Executor,
  networkId: string,
  consensusAddressesHex: readonly string[],
  range: { from: bigint; to: bigint },
): Promise<SigningRow[][]> {
  const letters = sql<string>`(
    select string_agg(coalesce(substr(${chainBlocks.signatures}, array_position(${chainValidatorSets.addresses}, wanted.address), 1), ${NOT_IN_SET}), '' order by wanted.place)
    from unnest(string_to_array(${consensusAddressesHex.join(",")}, ',')) with ordinality as wanted(address, place)
  )`;
  const rows = await db
    .select({ heightBlocks: chainBlocks.heightBlocks, blockAt: chainBlocks.blockAt, letters })
    .from(chainBlocks)
    .innerJoin(
      chainValidatorSets,
      and(eq(chainValidatorSets.networkId, chainBlocks.networkId), eq(chainValidatorSets.setHash, chainBlocks.setHash)),
    )
    .where(
      and(
        eq(chainBlocks.networkId, networkId),
        gte(chainBlocks.heightBlocks, range.from),
        lte(chainBlocks.heightBlocks, range.to),
      ),
    )
    .orderBy(asc(chainBlocks.heightBlocks));
  return consensusAddressesHex.map((_, place) =>
    rows.map(({ heightBlocks, blockAt, letters: ofAll }) => {
      const letter = ofAll.charAt(place);
      return { heightBlocks, blockAt, letter: letter === NOT_IN_SET ? null : letter };
    }),
  );
}

/** Of each kept block of the range, oldest first: how many of its set did not sign. */
export const listAbsences = (db: Executor, networkId: string, range: { from: bigint; to: bigint }) =>
  db
    .select({
      heightBlocks: chainBlocks.heightBlocks,
      blockAt: chainBlocks.blockAt,
      setSize: sql<number>`length(${chainBlocks.signatures})`,
      absent: sql<number>`length(${chainBlocks.signatures}) - length(replace(${chainBlocks.signatures}, 'a', ''))`,
    })
    .from(chainBlocks)
    .where(
      and(
        eq(chainBlocks.networkId, networkId),
        gte(chainBlocks.heightBlocks, range.from),
        lte(chainBlocks.heightBlocks, range.to),
      ),
    )
    .orderBy(asc(chainBlocks.heightBlocks));

/** How often the recorded blocks since then asked for and missed the signature of each address, which is plain hex. */
export async function countMissesSince(
  db: Executor,
  networkId: string,
  consensusAddressesHex: readonly string[],
  since: Date,
): Promise<{ address: string; asked: number; missed: number }[]> {
  const rows = await db.execute<{ address: string; asked: number; missed: number }>(sql`
    with wanted as (
      select s.set_hash, w.address, array_position(s.addresses, w.address) as place
      from ${chainValidatorSets} s, unnest(string_to_array(${consensusAddressesHex.join(",")}, ',')) as w(address)
      where s.network_id = ${networkId} and w.address = any(s.addresses))
    select wanted.address, count(*)::int as asked,
      (count(*) filter (where substr(b.signatures, wanted.place, 1) = 'a'))::int as missed
    from ${chainBlocks} b join wanted on wanted.set_hash = b.set_hash
    where b.network_id = ${networkId} and b.block_at > ${since.toISOString()}::timestamptz
    group by wanted.address`);
  return [...rows];
}

/**
 * The first kept block with the signature of that address (plain hex) after a moment; undefined while there is none, and where the record does not
 * reach back to the moment or has a gap in between, since an earlier one may be missing then.
 */
export async function findFirstSigned(db: Executor, networkId: string, consensusAddressHex: string, since: Date) {
  const [row] = await db.execute<{ height_blocks: string; hash: string; at: string }>(sql`
    with began as (
      select height_blocks from ${chainBlocks}
      where network_id = ${networkId} and block_at <= ${since.toISOString()}::timestamptz
      order by block_at desc limit 1),
    found as (
      select b.height_blocks, b.hash, b.block_at from ${chainBlocks} b
      join ${chainValidatorSets} s on s.network_id = b.network_id and s.set_hash = b.set_hash
      where b.network_id = ${networkId} and b.height_blocks > (select height_blocks from began)
        and s.addresses @> array[${consensusAddressHex}]
        and substr(b.signatures, array_position(s.addresses, ${consensusAddressHex}), 1) = 'c'
      order by b.height_blocks limit 1)
    select found.height_blocks::text, found.hash, found.block_at::text as at from found, began
    where not exists (
      select 1 from ${chainSyncGaps} g where g.network_id = ${networkId}
        and g.to_height_blocks > began.height_blocks and g.from_height_blocks < found.height_blocks)`);
  return row && { heightBlocks: BigInt(row.height_blocks), hash: row.hash, at: new Date(row.at) };
}

/** Mean distance of the newest blocks up to `sampleBlocks` + 1 of them, never across a gap; null with fewer than two. */
export async function averageBlockTime(db: Executor, networkId: string, sampleBlocks: number) {
  const result = await db.execute<{ average_ms: number | null; sample: number }>(sql`
    with newest as (
      select height_blocks, block_at from ${chainBlocks}
      where network_id = ${networkId}
        and height_blocks > coalesce((select max(to_height_blocks) from ${chainSyncGaps} where network_id = ${networkId}), -1)
      order by height_blocks desc limit ${sampleBlocks + 1})
    select (extract(epoch from max(block_at) - min(block_at)) * 1000 / nullif(count(*) - 1, 0))::float8 as average_ms,
           greatest(count(*) - 1, 0)::int as sample from newest`);
  const [row] = result;
  return { averageBlockMs: row?.average_ms ?? null, sampleBlocks: row?.sample ?? 0 };
}

/** Throws away what was recorded of a network's blocks, and how far it was read. */
export async function deleteBlocks(tx: Transaction, networkId: string): Promise<void> {
  for (const table of [chainBlocks, chainValidatorSets, chainSyncGaps, chainStates]) {
    await tx.delete(table).where(eq(table.networkId, networkId));
  }
}
