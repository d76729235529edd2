import { bigint, date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, writtenState } from "./columns";

/** One row is one privileged act or change of state, chained by hash to the one before it; a trigger refuses update and delete. */
export const auditEvents = pgTable(
  "audit_events",
  {
    id: id(),
    /** Organisation id, or `platform`. */
    chainKey: text().notNull(),
    /** 1, 2, 3 … without a gap within its chain. */
    sequence: bigint({ mode: "number" }).notNull(),
    organizationId: text(),
    occurredAt: instant().notNull(),
    actor: text().notNull(),
    action: text().notNull(),
    targetType: text().notNull(),
    targetId: text().notNull(),
    requestId: text().notNull(),
    ipAddress: text(),
    details: jsonb().$type<Record<string, unknown>>().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    uniqueIndex("audit_events_chain_sequence_uq").on(table.chainKey, table.sequence),
    index("audit_events_organization_idx").on(table.organizationId, table.sequence),
    index("audit_events_target_idx").on(table.targetId, table.sequence),
    index("audit_events_occurred_idx").on(table.occurredAt, table.id),
    index("audit_events_chain_occurred_idx").on(table.chainKey, table.occurredAt, table.id),
  ],
);

/** One row is the newest link of a chain; its lock orders the writers. */
export const auditHeads = pgTable("audit_heads", {
  chainKey: text().primaryKey(),
  sequence: bigint({ mode: "number" }).notNull(),
  hash: text().notNull(),
  updatedAt: instant().notNull().defaultNow(),
});

/** One row is an event that a committed command wants sent; the relay marks it when the job engine has it. */
export const outboxEvents = pgTable(
  "outbox_events",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    payload: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
    createdAt: instant().notNull(),
    /** Set while the relay sends the row, or holds it back; free again when older than the relay's lease. */
    claimedAt: instant(),
    sentAt: instant(),
    attempts: integer().notNull().default(0),
    lastError: text(),
  },
  (table) => [index("outbox_events_unsent_idx").on(table.sentAt, table.createdAt)],
);

/** One row is the answer under a caller's Idempotency-Key, or the result of one part of what was done under it, kept for 24 hours. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    /** Organisation id, or the actor's name where there is none. */
    owner: text().notNull(),
    key: text().notNull(),
    verb: text().notNull(),
    /** SHA-256 of method, route and body: the same key with another request is a mistake and refused. */
    requestHash: text().notNull(),
    /** Null while there is no answer yet. */
    result: jsonb().$type<{ readonly answer: unknown }>(),
    /** Until when a flow without an answer counts as alive. */
    leasedUntil: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.owner, table.key] })],
);

/** One row is the theoretical arrival time of one rate-limited key (GCRA). */
export const rateLimits = pgTable(
  "rate_limits",
  {
    key: text().primaryKey(),
    theoreticalArrivalAt: instant().notNull(),
  },
  (table) => [index("rate_limits_arrival_idx").on(table.theoreticalArrivalAt)],
);

/** One row is the last sign of life of one process, with what it says of its own parts; read by /api/health. */
export const processHeartbeats = pgTable("process_heartbeats", {
  /** A process of the table in server/processes, `watcher:<chain id>`, or `scheduled-jobs`. */
  component: text().primaryKey(),
  status: writtenState<"ok" | "degraded" | "down">().notNull(),
  reason: text(),
  details: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  at: instant().notNull(),
});

/** One row is one UTC day of one part of the installation: how often it was looked at, and what the looks found; the last look is kept whole. */
export const componentDays = pgTable(
  "component_days",
  {
    component: text().notNull(),
    day: date({ mode: "string" }).notNull(),
    okLooks: integer().notNull().default(0),
    degradedLooks: integer().notNull().default(0),
    downLooks: integer().notNull().default(0),
    unknownLooks: integer().notNull().default(0),
    lastStatus: writtenState<"ok" | "degraded" | "down" | "unknown">().notNull(),
    lastReason: text(),
    lastAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.component, table.day] })],
);

/** One row is one piece of declared work under way: which run has it and when that was last heard of. Gone when the work has ended. */
export const workRuns = pgTable(
  "work_runs",
  {
    /** The declaration's id. */
    workId: text().notNull(),
    /** Id of the row that the work is about. */
    subject: text().notNull(),
    /** Of the wish that the work serves; an older one must not act. */
    generation: integer().notNull(),
    /** The job run that acts; null while the work was only sent on its way again. */
    runId: text(),
    /** Step, or look of a step, that it last began, and how often it has begun it. */
    step: text(),
    tries: integer().notNull().default(0),
    heardAt: instant(),
    /** When a sweep last sent it on its way again. */
    resentAt: instant(),
  },
  (table) => [primaryKey({ columns: [table.workId, table.subject] })],
);
