import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgEnum, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { AGENT_COMMAND_STATUSES, AGENT_STATUSES } from "../states/agents";
import { id, instant, timestamps } from "./columns";

export const agentStatus = pgEnum("agent_status", AGENT_STATUSES);
export const agentCommandStatus = pgEnum("agent_command_status", AGENT_COMMAND_STATUSES);

/** One row is one program of ours on somebody's machine, known by a key of its own or by a device token. */
export const agents = pgTable(
  "agents",
  {
    id: id(),
    kind: text().$type<"validator" | "server">().notNull(),
    /** Null for the platform's own hosts. */
    organizationId: text(),
    /** As people call the machine. */
    name: text().notNull(),
    machineId: text().notNull(),
    /** Raw Ed25519 key in base64; null where a device token stands for the machine. */
    publicKey: text(),
    /** Keyed hash of the device token; null where the machine has a key. */
    tokenHash: text(),
    status: agentStatus().notNull().default("enrolled"),
    /** Counter of the last signed request that was taken. */
    lastCounter: bigint({ mode: "number" }).notNull().default(0),
    agentVersion: text(),
    /** What it was let in for: the network, wallet and consensus key of the node beside it. */
    networkId: text(),
    walletAddress: text(),
    consensusPubkey: text(),
    /** The thing of another domain that it speaks for, e.g. a host of a region. */
    subjectId: text(),
    lastSeenAt: instant(),
    revokedAt: instant(),
    ...timestamps(),
  },
  (table) => [
    uniqueIndex("agents_public_key_uq").on(table.publicKey),
    uniqueIndex("agents_token_uq").on(table.tokenHash),
    index("agents_organization_idx").on(table.organizationId, table.createdAt, table.id),
    index("agents_silent_idx").on(table.lastSeenAt).where(sql`${table.status} = 'online'`),
    index("agents_subject_idx").on(table.subjectId),
  ],
);

/** One row is one enrolment token that was not used yet; it goes with its use. */
export const agentEnrolments = pgTable(
  "agent_enrolments",
  {
    id: id(),
    tokenHash: text().notNull(),
    kind: text().$type<"validator" | "server">().notNull(),
    organizationId: text(),
    name: text().notNull(),
    networkId: text(),
    walletAddress: text(),
    consensusPubkey: text(),
    /** Null where the machine is whichever comes with the token. */
    machineId: text(),
    subjectId: text(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
  },
  (table) => [uniqueIndex("agent_enrolments_token_uq").on(table.tokenHash)],
);

/** One row is one statement that waits for a wallet's signature; it goes with the first answer, right or wrong. */
export const agentPairings = pgTable("agent_pairings", {
  id: id(),
  organizationId: text().notNull(),
  userId: text().notNull(),
  networkId: text().notNull(),
  walletAddress: text().notNull(),
  accountPrefix: text().notNull(),
  consensusPubkey: text().notNull(),
  machineId: text(),
  name: text().notNull(),
  message: text().notNull(),
  createdAt: instant().notNull(),
  expiresAt: instant().notNull(),
});

/** One row is one command to one agent, sent with every answer until the agent says what became of it. */
export const agentCommands = pgTable(
  "agent_commands",
  {
    id: id(),
    agentId: text()
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    kind: text().$type<"warn-duplicate-signer" | "drain" | "resume">().notNull(),
    payload: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    status: agentCommandStatus().notNull().default("queued"),
    message: text(),
    issuedAt: instant().notNull(),
    expiresAt: instant().notNull(),
    settledAt: instant(),
  },
  (table) => [index("agent_commands_open_idx").on(table.agentId, table.status)],
);
