import "server-only";
import { and, asc, eq, gte, lt, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import {
  chainBlocks,
  chainHours,
  chainValidatorHours,
  chainValidatorSamples,
  chainValidatorSets,
  chainValidators,
} from "@/db/schema/chain";
import type { BlockRange } from "../blocks/block-range";
import { SAMPLE_MINUTES } from "../constants";
import { BONDED, RANK } from "../mirror/repository";

export type SampleRow = typeof chainValidatorSamples.$inferSelect;

/** Adds the recorded blocks of the range to their hours, each validator's and the network's. Whoever calls holds the network's state. */
export async function addToHours(tx: Transaction, networkId: string, range: BlockRange): Promise<void> {
  const inRange = sql`b.network_id = ${networkId} and b.height_blocks between ${range.from} and ${range.to}`;
  await tx.execute(sql`
    insert into ${chainValidatorHours} as kept (network_id, consensus_address_hex, hour_at, signed_blocks, missed_blocks)
    select b.network_id, member.address, date_trunc('hour', b.block_at, 'UTC'),
           count(*) filter (where substr(b.signatures, member.place::int, 1) <> 'a'),
           count(*) filter (where substr(b.signatures, member.place::int, 1) = 'a')
    from ${chainBlocks} b
    join ${chainValidatorSets} s on s.network_id = b.network_id and s.set_hash = b.set_hash
    cross join lateral unnest(s.addresses) with ordinality as member(address, place)
    where ${inRange}
    group by 1, 2, 3
    on conflict (network_id, consensus_address_hex, hour_at) do update
    set signed_blocks = kept.signed_blocks + excluded.signed_blocks,
        missed_blocks = kept.missed_blocks + excluded.missed_blocks`);
  await tx.execute(sql`
    insert into ${chainHours} as kept (network_id, hour_at, recorded_blocks)
    select b.network_id, date_trunc('hour', b.block_at, 'UTC'), count(*)
    from ${chainBlocks} b where ${inRange} group by 1, 2
    on conflict (network_id, hour_at) do update set recorded_blocks = kept.recorded_blocks + excluded.recorded_blocks`);
}

/** Keeps how every validator stands now as the last look of these ten minutes; validators that the chain no longer has make no row. */
export const sampleValidators = (tx: Transaction, networkId: string, at: Date) =>
  tx.execute(sql`
    insert into ${chainValidatorSamples}
      (network_id, operator_address, at, tokens_base_units, rank, bonded_base_units, commission_rate, missed_blocks)
    select network_id, operator_address, ${at.toISOString()}::timestamptz, tokens_base_units,
           ${RANK}, ${BONDED}, commission_rate, missed_blocks
    from ${chainValidators} where network_id = ${networkId} and removed_at is null
    on conflict (network_id, operator_address, at) do update
    set tokens_base_units = excluded.tokens_base_units, rank = excluded.rank, bonded_base_units = excluded.bonded_base_units,
        commission_rate = excluded.commission_rate, missed_blocks = excluded.missed_blocks`);

export type Earnings = Pick<
  SampleRow,
  "delegatorCount" | "outstandingRewardsBaseUnits" | "outstandingCommissionBaseUnits" | "aprBeforeCommission"
>;

/** Adds what was asked for to the sample of these ten minutes; where nobody looked in them there is none, and nothing is kept. */
export const updateSampleEarnings = (
  tx: Transaction,
  {
    networkId,
    operatorAddress,
    at,
    earnings,
  }: Pick<SampleRow, "networkId" | "operatorAddress" | "at"> & {
    readonly earnings: Earnings;
  },
) =>
  tx
    .update(chainValidatorSamples)
    .set(earnings)
    .where(
      and(
        eq(chainValidatorSamples.networkId, networkId),
        eq(chainValidatorSamples.operatorAddress, operatorAddress),
        eq(chainValidatorSamples.at, at),
      ),
    );

/** Thins samples out to one an hour behind `thin`, and forgets what is behind `drop`. */
export async function thinHistory(tx: Transaction, before: { thin: Date; drop: Date }): Promise<void> {
  const isFirstOfHour = sql`extract(minute from ${chainValidatorSamples.at}) < ${SAMPLE_MINUTES}`;
  await tx
    .delete(chainValidatorSamples)
    .where(
      sql`${chainValidatorSamples.at} < ${before.drop.toISOString()}::timestamptz or (${chainValidatorSamples.at} < ${before.thin.toISOString()}::timestamptz and not ${isFirstOfHour})`,
    );
  await tx.delete(chainValidatorHours).where(lt(chainValidatorHours.hourAt, before.drop));
  await tx.delete(chainHours).where(lt(chainHours.hourAt, before.drop));
}

/** Of each UTC day from `since` on, oldest first: blocks recorded, and of them those that asked the validator and those it signed. */
export async function listDays(
  db: Executor,
  networkId: string,
  consensusAddressHex: string,
  since: Date,
): Promise<{ day: string; recorded: number; signed: number; missed: number }[]> {
  return db.execute<{ day: string; recorded: number; signed: number; missed: number }>(sql`
    select to_char(h.hour_at at time zone 'UTC', 'YYYY-MM-DD') as day, sum(h.recorded_blocks)::int as recorded,
           coalesce(sum(v.signed_blocks), 0)::int as signed, coalesce(sum(v.missed_blocks), 0)::int as missed
    from ${chainHours} h
    left join ${chainValidatorHours} v on v.network_id = h.network_id and v.hour_at = h.hour_at
      and v.consensus_address_hex = ${consensusAddressHex}
    where h.network_id = ${networkId} and h.hour_at >= ${since.toISOString()}::timestamptz
    group by 1 order by 1`);
}

/** What all of these keys (network and plain hex, each once) signed and missed in the hours since then, and the first hour of it. */
export async function sumHours(
  db: Executor,
  keys: readonly { readonly networkId: string; readonly consensusAddressHex: string }[],
  since: Date,
): Promise<{ signed: number; missed: number; firstHourAt: Date | null }> {
  const wanted = JSON.stringify(keys.map((key) => [key.networkId, key.consensusAddressHex]));
  const [row] = await db.execute<{ signed: string; missed: string; first: string | null }>(sql`
    select coalesce(sum(h.signed_blocks), 0)::text as signed, coalesce(sum(h.missed_blocks), 0)::text as missed,
           min(h.hour_at)::text as first
    from jsonb_array_elements(${wanted}::jsonb) wanted
    join ${chainValidatorHours} h on h.network_id = wanted ->> 0 and h.consensus_address_hex = wanted ->> 1
    where h.hour_at >= ${since.toISOString()}::timestamptz`);
  const first = row?.first ?? null;
  return {
    signed: Number(row?.signed ?? 0),
    missed: Number(row?.missed ?? 0),
    firstHourAt: first === null ? null : new Date(first),
  };
}

/** Hours of one validator from `since` on, oldest first. */
export const listHours = (db: Executor, networkId: string, consensusAddressHex: string, since: Date) =>
  db
    .select({
      hourAt: chainValidatorHours.hourAt,
      signedBlocks: chainValidatorHours.signedBlocks,
      missedBlocks: chainValidatorHours.missedBlocks,
    })
    .from(chainValidatorHours)
    .where(
      and(
        eq(chainValidatorHours.networkId, networkId),
        eq(chainValidatorHours.consensusAddressHex, consensusAddressHex),
        gte(chainValidatorHours.hourAt, since),
      ),
    )
    .orderBy(asc(chainValidatorHours.hourAt));

/** The next recorded blocks as one validator lived them, oldest first, none of them from after `until`; each with the time of the one after it. */
export async function listMissedBlocks(
  db: Executor,
  of: {
    readonly networkId: string;
    readonly consensusAddressHex: string;
    readonly fromHeightBlocks: bigint;
    readonly until: Date;
    readonly blocks: number;
  },
): Promise<{ heightBlocks: bigint; blockAt: Date; nextAt: Date; isMissed: boolean }[]> {
  const rows = await db.execute<{ height: string; block_ms: number; next_ms: number; is_missed: boolean }>(sql`
    select b.height_blocks::text as height, extract(epoch from b.block_at)::float8 * 1000 as block_ms,
           extract(epoch from lead(b.block_at, 1, b.block_at) over (order by b.height_blocks))::float8 * 1000 as next_ms,
           coalesce(substr(b.signatures, array_position(s.addresses, ${of.consensusAddressHex}), 1) = 'a', false) as is_missed
    from (select * from ${chainBlocks}
          where network_id = ${of.networkId} and height_blocks >= ${of.fromHeightBlocks}
            and block_at <= ${of.until.toISOString()}::timestamptz
          order by height_blocks limit ${of.blocks}) b
    join ${chainValidatorSets} s on s.network_id = b.network_id and s.set_hash = b.set_hash
    order by b.height_blocks`);
  return rows.map((row) => ({
    heightBlocks: BigInt(row.height),
    blockAt: new Date(row.block_ms),
    nextAt: new Date(row.next_ms),
    isMissed: row.is_missed,
  }));
}

/** Samples of one validator from `since` on, oldest first. */
export const listSamples = (
  db: Executor,
  networkId: string,
  operatorAddress: string,
  since: Date,
): Promise<SampleRow[]> =>
  db
    .select()
    .from(chainValidatorSamples)
    .where(
      and(
        eq(chainValidatorSamples.networkId, networkId),
        eq(chainValidatorSamples.operatorAddress, operatorAddress),
        gte(chainValidatorSamples.at, since),
      ),
    )
    .orderBy(asc(chainValidatorSamples.at));

/** Throws away the history of a network whose chain was made anew. */
export async function deleteHistory(tx: Transaction, networkId: string): Promise<void> {
  for (const table of [chainValidatorHours, chainHours, chainValidatorSamples]) {
    await tx.delete(table).where(eq(table.networkId, networkId));
  }
}
