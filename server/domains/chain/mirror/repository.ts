import "server-only";
import { and, asc, desc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { chainEvents, chainValidators } from "@/db/schema/chain";

export type ValidatorRow = typeof chainValidators.$inferSelect;
export type ChainEventRow = typeof chainEvents.$inferSelect;

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

/** Throws away what was seen of a network's validators, and the story of it. */
export async function deleteMirror(tx: Transaction, networkId: string): Promise<void> {
  for (const table of [chainValidators, chainEvents]) {
    await tx.delete(table).where(eq(table.networkId, networkId));
  }
}
