import "server-only";
import { and, asc, desc, eq, gte, inArray, isNull, lt, lte, notInArray, or, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import {
  chainBlocks,
  chainEvents,
  chainStates,
  chainSyncGaps,
  chainValidatorSets,
  chainValidators,
  networkEndpoints,
  networks,
} from "@/db/schema/chain";
import { CHAIN_CHANNEL, DEFAULT_NETWORK_REF } from "./constants";

export type NetworkRow = typeof networks.$inferSelect;
export type EndpointRow = typeof networkEndpoints.$inferSelect;
export type StateRow = typeof chainStates.$inferSelect;
export type ValidatorRow = typeof chainValidators.$inferSelect;
export type ChainEventRow = typeof chainEvents.$inferSelect;
/** One block as one validator lived it: its letter in the signatures, null when it was not in the set. */
export type SigningRow = { heightBlocks: bigint; blockAt: Date; letter: string | null };

/** By our id, by chain id, or the default one by its reserved word. */
export async function findNetwork(db: Executor, ref: string): Promise<NetworkRow | undefined> {
  const [row] = await db
    .select()
    .from(networks)
    .where(
      ref === DEFAULT_NETWORK_REF ? eq(networks.isDefault, true) : or(eq(networks.id, ref), eq(networks.chainId, ref)),
    );
  return row;
}

export const listNetworkRows = (db: Executor): Promise<NetworkRow[]> =>
  db.select().from(networks).orderBy(desc(networks.isDefault), asc(networks.displayName), asc(networks.id));

/** Inserts the network, or updates the one of the same chain id and keeps its id and its status. */
export async function upsertNetworkRow(tx: Transaction, row: typeof networks.$inferInsert): Promise<NetworkRow> {
  const { id: _id, status: _status, ...patch } = row;
  if (row.isDefault === true) {
    await tx
      .update(networks)
      .set({ isDefault: false })
      .where(and(eq(networks.isDefault, true), sql`${networks.chainId} <> ${row.chainId}`));
  }
  const [kept] = await tx
    .insert(networks)
    .values(row)
    .onConflictDoUpdate({ target: networks.chainId, set: patch })
    .returning();
  if (!kept) throw new Error("an upsert returned no row");
  return kept;
}

export const listEndpointRows = (db: Executor, networkIds: readonly string[]): Promise<EndpointRow[]> =>
  db
    .select()
    .from(networkEndpoints)
    .where(inArray(networkEndpoints.networkId, [...networkIds]))
    .orderBy(asc(networkEndpoints.kind), asc(networkEndpoints.priority), asc(networkEndpoints.id));

/** Makes the network's endpoints exactly these; those that stay keep their standing. */
export async function replaceEndpoints(
  tx: Transaction,
  networkId: string,
  wanted: readonly Pick<typeof networkEndpoints.$inferInsert, "id" | "kind" | "url" | "priority">[],
): Promise<void> {
  for (const kind of ["rpc", "rest"] as const) {
    const urls = wanted.filter((endpoint) => endpoint.kind === kind).map((endpoint) => endpoint.url);
    const ofKind = and(eq(networkEndpoints.networkId, networkId), eq(networkEndpoints.kind, kind));
    await tx
      .delete(networkEndpoints)
      .where(urls.length === 0 ? ofKind : and(ofKind, notInArray(networkEndpoints.url, urls)));
  }
  for (const endpoint of wanted) {
    await tx
      .insert(networkEndpoints)
      .values({ ...endpoint, networkId })
      .onConflictDoUpdate({
        target: [networkEndpoints.networkId, networkEndpoints.kind, networkEndpoints.url],
        set: { priority: endpoint.priority },
      });
  }
}

/** One endpoint by its URL, locked; undefined when the network has none such. */
export async function lockEndpoint(
  tx: Transaction,
  key: { networkId: string; kind: "rpc" | "rest"; url: string },
): Promise<EndpointRow | undefined> {
  const [row] = await tx
    .select()
    .from(networkEndpoints)
    .where(
      and(
        eq(networkEndpoints.networkId, key.networkId),
        eq(networkEndpoints.kind, key.kind),
        eq(networkEndpoints.url, key.url),
      ),
    )
    .for("update");
  return row;
}

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

export const listValidatorRows = (db: Executor, networkId: string): Promise<ValidatorRow[]> =>
  db
    .select()
    .from(chainValidators)
    .where(eq(chainValidators.networkId, networkId))
    .orderBy(asc(chainValidators.operatorAddress));

export async function findValidatorByConsensus(db: Executor, networkId: string, consensusAddressHex: string) {
  const [row] = await db
    .select()
    .from(chainValidators)
    .where(
      and(
        eq(chainValidators.networkId, networkId),
        eq(chainValidators.consensusAddressHex, consensusAddressHex),
        isNull(chainValidators.removedAt),
      ),
    );
  return row;
}

export const listValidatorsByOperators = (db: Executor, networkId: string, operatorAddresses: readonly string[]) =>
  db
    .select()
    .from(chainValidators)
    .where(
      and(
        eq(chainValidators.networkId, networkId),
        inArray(chainValidators.operatorAddress, [...operatorAddresses]),
        isNull(chainValidators.removedAt),
      ),
    );

/** Writes what a look saw, in one statement; one that had been removed is there again. */
export async function upsertValidators(
  tx: Transaction,
  rows: readonly (typeof chainValidators.$inferInsert)[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(chainValidators)
    .values([...rows])
    .onConflictDoUpdate({
      target: [chainValidators.networkId, chainValidators.operatorAddress],
      set: {
        consensusPubkeyBase64: sql`excluded.consensus_pubkey_base64`,
        consensusAddress: sql`excluded.consensus_address`,
        consensusAddressHex: sql`excluded.consensus_address_hex`,
        moniker: sql`excluded.moniker`,
        status: sql`excluded.status`,
        jailed: sql`excluded.jailed`,
        tombstoned: sql`excluded.tombstoned`,
        jailedUntil: sql`excluded.jailed_until`,
        tokensBaseUnits: sql`excluded.tokens_base_units`,
        commissionRate: sql`excluded.commission_rate`,
        missedBlocks: sql`excluded.missed_blocks`,
        signingStartHeightBlocks: sql`excluded.signing_start_height_blocks`,
        syncedHeightBlocks: sql`excluded.synced_height_blocks`,
        syncedAt: sql`excluded.synced_at`,
        removedAt: sql`null`,
      },
    });
}

export const markValidatorsRemoved = (
  tx: Transaction,
  networkId: string,
  operatorAddresses: readonly string[],
  now: Date,
) =>
  operatorAddresses.length === 0
    ? Promise.resolve([])
    : tx
        .update(chainValidators)
        .set({ removedAt: now })
        .where(
          and(
            eq(chainValidators.networkId, networkId),
            inArray(chainValidators.operatorAddress, [...operatorAddresses]),
          ),
        );

export const insertChainEvents = (tx: Transaction, rows: readonly (typeof chainEvents.$inferInsert)[]) =>
  rows.length === 0 ? Promise.resolve([]) : tx.insert(chainEvents).values([...rows]);

/** Newest first. */
export const listChainEventRows = (
  db: Executor,
  filter: {
    networkId: string;
    operatorAddress?: string | undefined;
    beforeSequence?: number | undefined;
    limit: number;
  },
): Promise<ChainEventRow[]> =>
  db
    .select()
    .from(chainEvents)
    .where(
      and(
        eq(chainEvents.networkId, filter.networkId),
        filter.operatorAddress === undefined ? undefined : eq(chainEvents.operatorAddress, filter.operatorAddress),
        filter.beforeSequence === undefined ? undefined : lt(chainEvents.sequence, filter.beforeSequence),
      ),
    )
    .orderBy(desc(chainEvents.sequence))
    .limit(filter.limit);

/** Throws away everything that was recorded of a network; the network itself stays. */
export async function deleteRecords(tx: Transaction, networkId: string): Promise<void> {
  for (const table of [chainBlocks, chainValidatorSets, chainSyncGaps, chainValidators, chainEvents, chainStates]) {
    await tx.delete(table).where(eq(table.networkId, networkId));
  }
}
