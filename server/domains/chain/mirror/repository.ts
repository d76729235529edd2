import "server-only";
import { and, asc, desc, eq, getTableColumns, gt, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { chainEvents, chainValidators } from "@/db/schema/chain";
import { likePattern } from "@/server/kernel/find";
import { inBatches } from "@/server/kernel/in-batches";
import { type Cursor, readOrder } from "@/server/kernel/pagination";
import { nameColumn, rowsInOrder, type SortColumn } from "@/server/kernel/rows-in-order";
import type { ValidatorFilter, ValidatorOrder } from "../constants";

export type ValidatorRow = typeof chainValidators.$inferSelect;
export type ChainEventRow = typeof chainEvents.$inferSelect;

export const listValidatorRows = (db: Executor, networkId: string): Promise<ValidatorRow[]> =>
  db
    .select()
    .from(chainValidators)
    .where(eq(chainValidators.networkId, networkId))
    .orderBy(asc(chainValidators.operatorAddress));

/** How many validators are in the set now. */
export async function countBonded(db: Executor, networkId: string): Promise<number> {
  const [row] = await db
    .select({ bonded: sql<number>`count(*)::int` })
    .from(chainValidators)
    .where(
      and(
        eq(chainValidators.networkId, networkId),
        eq(chainValidators.status, "bonded"),
        isNull(chainValidators.removedAt),
      ),
    );
  return row?.bonded ?? 0;
}

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

/** Those that are gone too. */
export const listValidatorsByOperators = (
  db: Executor,
  networkId: string,
  operatorAddresses: readonly string[],
): Promise<ValidatorRow[]> =>
  db
    .select()
    .from(chainValidators)
    .where(
      and(eq(chainValidators.networkId, networkId), inArray(chainValidators.operatorAddress, [...operatorAddresses])),
    );

/** Validators of every network by an address of theirs or by their name, those with most stake first. */
export const findValidatorsByWords = (db: Executor, words: string, limit: number): Promise<ValidatorRow[]> =>
  db
    .select()
    .from(chainValidators)
    .where(
      and(
        isNull(chainValidators.removedAt),
        or(
          eq(chainValidators.operatorAddress, words),
          eq(chainValidators.consensusAddress, words),
          eq(chainValidators.consensusAddressHex, words.toUpperCase()),
          sql`${chainValidators.moniker} ilike ${`%${likePattern(words)}%`}`,
        ),
      ),
    )
    .orderBy(desc(chainValidators.tokensBaseUnits), asc(chainValidators.operatorAddress))
    .limit(limit);

/** Writes what a look saw; one that had been removed is there again. */
export async function upsertValidators(
  tx: Transaction,
  rows: readonly (typeof chainValidators.$inferInsert)[],
): Promise<void> {
  for (const batch of inBatches(rows)) {
    await tx
      .insert(chainValidators)
      .values(batch)
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
          jailedSince: sql`excluded.jailed_since`,
          jailedHeightBlocks: sql`excluded.jailed_height_blocks`,
          jailCause: sql`excluded.jail_cause`,
          unbondsAt: sql`excluded.unbonds_at`,
          tokensBaseUnits: sql`excluded.tokens_base_units`,
          delegatorShares: sql`excluded.delegator_shares`,
          profile: sql`excluded.profile`,
          commissionRate: sql`excluded.commission_rate`,
          commissionMaxRate: sql`excluded.commission_max_rate`,
          commissionMaxChangeRate: sql`excluded.commission_max_change_rate`,
          missedBlocks: sql`excluded.missed_blocks`,
          signingStartHeightBlocks: sql`excluded.signing_start_height_blocks`,
          syncedHeightBlocks: sql`excluded.synced_height_blocks`,
          syncedAt: sql`excluded.synced_at`,
          removedAt: sql`null`,
          removedHeightBlocks: sql`null`,
        },
      });
  }
}

export const markValidatorsRemoved = (
  tx: Transaction,
  networkId: string,
  operatorAddresses: readonly string[],
  seen: { readonly at: Date; readonly heightBlocks: bigint },
) =>
  operatorAddresses.length === 0
    ? Promise.resolve([])
    : tx
        .update(chainValidators)
        .set({ removedAt: seen.at, removedHeightBlocks: seen.heightBlocks })
        .where(
          and(
            eq(chainValidators.networkId, networkId),
            inArray(chainValidators.operatorAddress, [...operatorAddresses]),
          ),
        );

export async function markValidatorsWatched(
  tx: Transaction,
  networkId: string,
  operatorAddresses: readonly string[],
): Promise<void> {
  await tx
    .update(chainValidators)
    .set({ isWatched: true })
    .where(
      and(eq(chainValidators.networkId, networkId), inArray(chainValidators.operatorAddress, [...operatorAddresses])),
    );
}

/** Operators of the network whose stake somebody here wants to be told of. */
export async function listWatchedOperators(db: Executor, networkId: string): Promise<string[]> {
  const rows = await db
    .select({ operatorAddress: chainValidators.operatorAddress })
    .from(chainValidators)
    .where(
      and(
        eq(chainValidators.networkId, networkId),
        eq(chainValidators.isWatched, true),
        isNull(chainValidators.removedAt),
      ),
    )
    .orderBy(asc(chainValidators.operatorAddress));
  return rows.map((row) => row.operatorAddress);
}

export async function insertChainEvents(
  tx: Transaction,
  rows: readonly (typeof chainEvents.$inferInsert)[],
): Promise<void> {
  for (const batch of inBatches(rows)) await tx.insert(chainEvents).values(batch);
}

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

/** How often each operator was slashed since then; one that was not is not in the answer. */
export const countSlashes = (db: Executor, networkId: string, since: Date) =>
  db
    .select({ operatorAddress: chainEvents.operatorAddress, slashes: sql<number>`count(*)::int` })
    .from(chainEvents)
    .where(
      and(
        eq(chainEvents.networkId, networkId),
        eq(chainEvents.kind, "validator_slashed"),
        gt(chainEvents.occurredAt, since),
      ),
    )
    .groupBy(chainEvents.operatorAddress);

/** Throws away what was seen of a network's validators, and the story of it. */
export async function deleteMirror(tx: Transaction, networkId: string): Promise<void> {
  for (const table of [chainValidators, chainEvents]) {
    await tx.delete(table).where(eq(table.networkId, networkId));
  }
}

/** A validator with its place: rank among the bonded by stake, and what all of them hold together. */
export type RankedValidator = ValidatorRow & { readonly rank: number | null; readonly bondedBaseUnits: bigint };

const STAKE_DIGITS = 78;

/** Place among the bonded by stake, and what all of them hold, of rows that are all of one network. */
export const RANK = sql`case when ${chainValidators.status} = 'bonded'
  then rank() over (partition by ${chainValidators.status} order by ${chainValidators.tokensBaseUnits} desc) end`;
export const BONDED = sql`coalesce(sum(${chainValidators.tokensBaseUnits}) filter (where ${chainValidators.status} = 'bonded') over (), 0)`;

/** Text that sorts as the list does by stake: the bonded before the rest, then by stake. */
export const stakeKeyOf = (row: Pick<ValidatorRow, "status" | "tokensBaseUnits">): string =>
  `${row.status === "bonded" ? "1" : "0"}${row.tokensBaseUnits.toString().padStart(STAKE_DIGITS, "0")}`;

/** Validators that the chain has, in the order asked for, behind `after`; ranks are of the whole set, whatever is filtered. */
export async function listRanked(
  db: Executor,
  networkId: string,
  filter: {
    limit: number;
    sort: ValidatorOrder;
    after: Cursor | undefined;
    status?: ValidatorFilter | undefined;
    search?: string | undefined;
    operatorAddress?: string | undefined;
  },
): Promise<RankedValidator[]> {
  const { status, tokensBaseUnits } = chainValidators;
  const ranked = db
    .select({
      ...getTableColumns(chainValidators),
      rank: sql<number | null>`(${RANK})::int`.as("rank"),
      bondedBaseUnits: sql`(${BONDED})::text`.mapWith(BigInt).as("bonded_base_units"),
      stakeKey: sql<string>`(case when ${status} = 'bonded' then '1' else '0' end)
        || lpad(${tokensBaseUnits}::text, ${sql.raw(String(STAKE_DIGITS))}, '0')`.as("stake_key"),
    })
    .from(chainValidators)
    .where(and(eq(chainValidators.networkId, networkId), isNull(chainValidators.removedAt)))
    .as("ranked");
  const sorts: Record<"stake" | "name", SortColumn> = {
    stake: { column: ranked.stakeKey, comparable: (text) => sql`${text}::text` },
    name: nameColumn(ranked.moniker),
  };
  const { key, isDescending } = readOrder(filter.sort);
  const order = rowsInOrder({ by: sorts[key], id: ranked.operatorAddress, isDescending, after: filter.after });
  const ofFilter: Record<ValidatorFilter, SQL> = {
    bonded: eq(ranked.status, "bonded"),
    unbonding: eq(ranked.status, "unbonding"),
    unbonded: eq(ranked.status, "unbonded"),
    jailed: eq(ranked.jailed, true),
    tombstoned: eq(ranked.tombstoned, true),
  };
  const words = filter.search === undefined ? undefined : `%${likePattern(filter.search)}%`;
  return db
    .select()
    .from(ranked)
    .where(
      and(
        filter.status === undefined ? undefined : ofFilter[filter.status],
        filter.operatorAddress === undefined ? undefined : eq(ranked.operatorAddress, filter.operatorAddress),
        words === undefined
          ? undefined
          : sql`(${ranked.moniker} ilike ${words} or ${ranked.operatorAddress} ilike ${words}
              or ${ranked.consensusAddress} ilike ${words} or ${ranked.consensusAddressHex} ilike ${words})`,
        order.where,
      ),
    )
    .orderBy(...order.orderBy)
    .limit(filter.limit);
}

/** The stake of the validators in each network's set; networks of which nothing is recorded are left out. */
export const sumBonded = (db: Executor, networkIds: readonly string[]) =>
  networkIds.length === 0
    ? Promise.resolve([])
    : db
        .select({
          networkId: chainValidators.networkId,
          tokens: sql<string>`sum(${chainValidators.tokensBaseUnits})::text`,
        })
        .from(chainValidators)
        .where(
          and(
            inArray(chainValidators.networkId, [...networkIds]),
            eq(chainValidators.status, "bonded"),
            isNull(chainValidators.removedAt),
          ),
        )
        .groupBy(chainValidators.networkId);
