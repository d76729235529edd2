import "server-only";
import { and, asc, count, desc, eq, gt, inArray, isNull, lt, max, ne, or, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { agentCommands, agentEnrolments, agentPairings, agents } from "@/db/schema/agents";
import { type OrganizationFilter, owned } from "@/server/kernel/owned";
import type { Cursor } from "@/server/kernel/pagination";
import { instantColumn, rowsInOrder } from "@/server/kernel/rows-in-order";

export type AgentRow = typeof agents.$inferSelect;
export type EnrolmentRow = typeof agentEnrolments.$inferSelect;
export type PairingRow = typeof agentPairings.$inferSelect;
export type CommandRow = typeof agentCommands.$inferSelect;

export async function findAgent(
  db: Executor,
  organizationId: OrganizationFilter,
  id: string,
): Promise<AgentRow | undefined> {
  const [row] = await db
    .select()
    .from(agents)
    .where(and(owned(agents.organizationId, organizationId), eq(agents.id, id)));
  return row;
}

export async function findAgentByToken(db: Executor, tokenHash: string): Promise<AgentRow | undefined> {
  const [row] = await db.select().from(agents).where(eq(agents.tokenHash, tokenHash));
  return row;
}

export const insertAgent = async (tx: Transaction, row: typeof agents.$inferInsert): Promise<AgentRow> => {
  const [inserted] = await tx.insert(agents).values(row).returning();
  if (!inserted) throw new Error("insert returned no row");
  return inserted;
};

/** Takes the counter if it is above the last one; of two requests with the same, the row's lock lets one in. */
export async function takeCounter(tx: Transaction, id: string, counter: number): Promise<boolean> {
  const taken = await tx
    .update(agents)
    .set({ lastCounter: counter })
    .where(and(eq(agents.id, id), lt(agents.lastCounter, counter), ne(agents.status, "revoked")))
    .returning({ id: agents.id });
  return taken.length > 0;
}

/** Newest first. */
export const listAgentRows = (
  db: Executor,
  organizationId: string,
  after: Cursor | undefined,
  limit: number,
): Promise<AgentRow[]> => {
  const order = rowsInOrder({ by: instantColumn(agents.createdAt), id: agents.id, isDescending: true, after });
  return db
    .select()
    .from(agents)
    .where(and(eq(agents.organizationId, organizationId), order.where))
    .orderBy(...order.orderBy)
    .limit(limit);
};

/** Online ones that were last heard of before that, locked; one that somebody changes at this moment, as its own report does, is left out. */
export const listSilentAgents = (tx: Transaction, before: Date, limit: number): Promise<AgentRow[]> =>
  tx
    .select()
    .from(agents)
    .where(and(eq(agents.status, "online"), or(isNull(agents.lastSeenAt), lt(agents.lastSeenAt, before))))
    .orderBy(asc(agents.id))
    .limit(limit)
    .for("no key update", { skipLocked: true });

export const deleteRevokedAgents = async (tx: Transaction, before: Date): Promise<number> =>
  (
    await tx
      .delete(agents)
      .where(and(eq(agents.status, "revoked"), lt(agents.revokedAt, before)))
      .returning({ id: agents.id })
  ).length;

export const insertEnrolment = (tx: Transaction, row: typeof agentEnrolments.$inferInsert) =>
  tx.insert(agentEnrolments).values(row);

export async function hasEnrolment(db: Executor, tokenHash: string): Promise<boolean> {
  const [row] = await db
    .select({ id: agentEnrolments.id })
    .from(agentEnrolments)
    .where(eq(agentEnrolments.tokenHash, tokenHash));
  return row !== undefined;
}

/** Tokens for the same thing that nobody used: the newest one is the one that counts. */
export const deleteEnrolmentsOf = (tx: Transaction, subjectId: string) =>
  tx.delete(agentEnrolments).where(eq(agentEnrolments.subjectId, subjectId));

/** The thing's agents that are not revoked. */
export const listAgentsOf = (db: Executor, subjectId: string): Promise<AgentRow[]> =>
  db
    .select()
    .from(agents)
    .where(and(eq(agents.subjectId, subjectId), ne(agents.status, "revoked")))
    .orderBy(asc(agents.id));

/** Takes the token out for its one use; of two at once the second finds none. */
export async function takeEnrolment(tx: Transaction, tokenHash: string): Promise<EnrolmentRow | undefined> {
  const [row] = await tx.delete(agentEnrolments).where(eq(agentEnrolments.tokenHash, tokenHash)).returning();
  return row;
}

export const insertPairing = (tx: Transaction, row: typeof agentPairings.$inferInsert) =>
  tx.insert(agentPairings).values(row);

/** Takes the statement out for its one answer. */
export async function takePairing(
  tx: Transaction,
  organizationId: string,
  id: string,
): Promise<PairingRow | undefined> {
  const [row] = await tx
    .delete(agentPairings)
    .where(and(eq(agentPairings.organizationId, organizationId), eq(agentPairings.id, id)))
    .returning();
  return row;
}

export async function deleteExpired(tx: Transaction, now: Date): Promise<number> {
  const enrolments = await tx.delete(agentEnrolments).where(lt(agentEnrolments.expiresAt, now)).returning();
  const pairings = await tx.delete(agentPairings).where(lt(agentPairings.expiresAt, now)).returning();
  return enrolments.length + pairings.length;
}

/** False when the same command waits already: it is not given twice. */
export async function insertCommand(tx: Transaction, row: typeof agentCommands.$inferInsert): Promise<boolean> {
  const [waiting] = await tx
    .select({ id: agentCommands.id })
    .from(agentCommands)
    .where(
      and(
        eq(agentCommands.agentId, row.agentId),
        eq(agentCommands.kind, row.kind),
        eq(agentCommands.status, "queued"),
        gt(agentCommands.expiresAt, row.issuedAt),
        sql`${agentCommands.payload} = ${JSON.stringify(row.payload)}::jsonb`,
      ),
    );
  if (waiting) return false;
  await tx.insert(agentCommands).values(row);
  return true;
}

/** Those that wait for the agent's word, oldest first. */
export const listOpenCommands = (db: Executor, agentId: string, now: Date, limit: number): Promise<CommandRow[]> =>
  db
    .select()
    .from(agentCommands)
    .where(
      and(eq(agentCommands.agentId, agentId), eq(agentCommands.status, "queued"), gt(agentCommands.expiresAt, now)),
    )
    .orderBy(asc(agentCommands.id))
    .limit(limit);

/** The agent's own among those ids that may still be settled. */
export const listUnsettledCommands = (db: Executor, agentId: string, ids: readonly string[]): Promise<CommandRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(agentCommands)
        .where(
          and(
            eq(agentCommands.agentId, agentId),
            inArray(agentCommands.id, [...ids]),
            inArray(agentCommands.status, ["queued", "expired"]),
          ),
        );

export const listOverdueCommands = (tx: Transaction, now: Date, limit: number): Promise<CommandRow[]> =>
  tx
    .select()
    .from(agentCommands)
    .where(and(eq(agentCommands.status, "queued"), lt(agentCommands.expiresAt, now)))
    .orderBy(desc(agentCommands.id))
    .limit(limit)
    .for("no key update", { skipLocked: true });

export const deleteSettledCommands = async (tx: Transaction, before: Date): Promise<number> =>
  (
    await tx
      .delete(agentCommands)
      .where(and(ne(agentCommands.status, "queued"), lt(agentCommands.settledAt, before)))
      .returning({ id: agentCommands.id })
  ).length;

/** How many agents are in each state, and when one of them was heard of last. */
export const countAgents = (db: Executor) =>
  db
    .select({ status: agents.status, agents: count(), lastSeenAt: max(agents.lastSeenAt) })
    .from(agents)
    .groupBy(agents.status);
