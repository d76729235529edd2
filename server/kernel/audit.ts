import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { auditEvents, auditHeads } from "@/db/schema/system";
import { type Actor, type AuditEntry, actorName, type RequestOrigin } from "./context";
import { prefixedId } from "./ids";

/** The hash that stands before the first row of a chain. */
export const GENESIS_HASH = "0".repeat(64);

/** Chain of an organisation, or of the platform for acts that belong to none. */
export const chainKeyOf = (organizationId: string | null): string => organizationId ?? "platform";

/** The fields that a row's hash covers, in the order in which they are hashed. */
export type HashedAuditRow = {
  readonly id: string;
  readonly chainKey: string;
  readonly sequence: number;
  readonly occurredAt: string;
  readonly actor: string;
  readonly action: string;
  readonly targetType: string;
  readonly targetId: string;
  readonly requestId: string;
  readonly ipAddress: string | null;
  readonly details: unknown;
};

/** JSON with object keys in code-point order, so that equal data has equal bytes whatever order a database returns it in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** SHA-256 (hex) over the previous row's hash and this row's canonical JSON. */
export function auditHash(previousHash: string, row: HashedAuditRow): string {
  return createHash("sha256").update(previousHash).update("\n").update(canonicalJson(row)).digest("hex");
}

/**
 * Appends the entries to their chains inside the transaction. Called last before commit: the head row's lock is what serialises a chain, so
 * two commands of one organisation queue here and nowhere earlier. Chains are locked in name order, so two commands cannot deadlock.
 */
export async function appendAudit(
  tx: Transaction,
  entries: readonly AuditEntry[],
  by: { actor: Actor; organizationId: string | null; origin: RequestOrigin; now: Date },
): Promise<void> {
  const chains = new Map<string, AuditEntry[]>();
  for (const entry of entries) {
    const key = chainKeyOf(entry.organizationId === undefined ? by.organizationId : entry.organizationId);
    chains.set(key, [...(chains.get(key) ?? []), entry]);
  }
  for (const chainKey of [...chains.keys()].sort()) {
    await tx.insert(auditHeads).values({ chainKey, sequence: 0, hash: GENESIS_HASH }).onConflictDoNothing();
    const [head] = await tx.select().from(auditHeads).where(eq(auditHeads.chainKey, chainKey)).for("update");
    if (!head) throw new Error(`audit head of ${chainKey} vanished under its own lock`);
    let { sequence, hash } = head;
    for (const entry of chains.get(chainKey) ?? []) {
      sequence += 1;
      const row: HashedAuditRow = {
        id: prefixedId("aud"),
        chainKey,
        sequence,
        occurredAt: by.now.toISOString(),
        actor: actorName(by.actor),
        action: entry.action,
        targetType: entry.targetType,
        targetId: entry.targetId,
        requestId: by.origin.requestId,
        ipAddress: by.origin.ipAddress,
        details: JSON.parse(JSON.stringify(entry.details ?? {})),
      };
      const previousHash = hash;
      hash = auditHash(previousHash, row);
      await tx.insert(auditEvents).values({
        ...row,
        occurredAt: by.now,
        details: row.details as Record<string, unknown>,
        organizationId: chainKey === "platform" ? null : chainKey,
        previousHash,
        hash,
      });
    }
    await tx.update(auditHeads).set({ sequence, hash, updatedAt: sql`now()` }).where(eq(auditHeads.chainKey, chainKey));
  }
}
