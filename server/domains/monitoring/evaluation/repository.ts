import "server-only";
import { inArray, lte } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { restartSamples } from "@/db/schema/monitoring";

export const listRestartSamples = (db: Executor, nodeIds: readonly string[]) =>
  nodeIds.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(restartSamples)
        .where(inArray(restartSamples.nodeId, [...nodeIds]));

export const upsertRestartSamples = (tx: Transaction, row: typeof restartSamples.$inferInsert) =>
  tx
    .insert(restartSamples)
    .values(row)
    .onConflictDoUpdate({ target: restartSamples.nodeId, set: { samples: row.samples, updatedAt: row.updatedAt } });

/** Forgets the samples of nodes that nobody looks at any more. */
export const deleteRestartSamplesBefore = (tx: Transaction, before: Date) =>
  tx.delete(restartSamples).where(lte(restartSamples.updatedAt, before));
