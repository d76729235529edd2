import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgEnum, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { ACT_STATUSES, COMPOUND_RUN_STATUSES, COMPOUND_STATUSES } from "../states/staking";
import { baseUnits, id, instant, timestamps } from "./columns";

export const actStatus = pgEnum("staking_act_status", ACT_STATUSES);
export const compoundStatus = pgEnum("staking_compound_status", COMPOUND_STATUSES);
export const compoundRunStatus = pgEnum("staking_compound_run_status", COMPOUND_RUN_STATUSES);

/** One row is one transaction that a member of the organisation was asked to sign with a wallet of their own. */
export const stakingActs = pgTable(
  "staking_acts",
  {
    id: id(),
    organizationId: text().notNull(),
    /** Who asked for it, as the audit log names actors. */
    actor: text().notNull(),
    networkId: text().notNull(),
    signerAddress: text().notNull(),
    kind: text().notNull(),
    /** Validator that it is about; of a move the one that stake goes to. */
    operatorAddress: text(),
    proposalId: bigint({ mode: "bigint" }),
    /** What was asked for, where the act has an amount. */
    amountBaseUnits: baseUnits(),
    denom: text().notNull(),
    feeBaseUnits: baseUnits().notNull(),
    /** Its messages in sentences, as the signing sheet showed them. */
    sentences: jsonb().$type<readonly string[]>().notNull(),
    /** Short code over the signed bytes, the same in sheet, log and API. */
    fingerprint: text().notNull(),
    status: actStatus().notNull(),
    /** Code of why it is in its state; null where the state says it all. */
    statusReason: text(),
    /** The chain's own words, where it refused. */
    reason: text(),
    txHash: text(),
    heightBlocks: bigint({ mode: "bigint" }),
    submittedAt: instant(),
    ...timestamps(),
  },
  (table) => [
    index("staking_acts_organization_idx").on(table.organizationId, table.createdAt, table.id),
    index("staking_acts_hash_idx").on(table.organizationId, table.txHash).where(sql`${table.txHash} is not null`),
    index("staking_acts_open_idx").on(table.id).where(sql`${table.status} in ('prepared', 'submitted', 'expired')`),
  ],
);

/** One row is the account of this installation that grants of one network are given to; its key is sealed and never leaves. */
export const stakingCompounders = pgTable("staking_compounders", {
  networkId: text().primaryKey(),
  address: text().notNull(),
  pubkeyBase64: text().notNull(),
  /** The private key, sealed for this row's network. */
  sealedKey: text().notNull(),
  createdAt: instant().notNull(),
});

/** One row is one wallet's wish that what it earns with one validator is staked again, under grants that the chain holds. */
export const stakingCompounds = pgTable(
  "staking_compounds",
  {
    id: id(),
    organizationId: text().notNull(),
    networkId: text().notNull(),
    delegatorAddress: text().notNull(),
    operatorAddress: text().notNull(),
    granteeAddress: text().notNull(),
    denom: text().notNull(),
    /** The signed act that gave the grants. */
    actId: text().notNull(),
    status: compoundStatus().notNull(),
    /** Code of why it is in its state, e.g. why it ended. */
    statusReason: text(),
    /** Until when the chain holds the grants, as it was last read; null before the first look. */
    grantedUntil: instant(),
    /** When it was last looked at, and what kept it from compounding then; null when nothing did. */
    lookedAt: instant(),
    waitsFor: text(),
    nextLookAt: instant().notNull(),
    ...timestamps(),
  },
  (table) => [
    // The chain keeps one grant of a kind for a pair of accounts: a second wish would take the first one's place.
    uniqueIndex("staking_compounds_live_uq")
      .on(table.networkId, table.delegatorAddress)
      .where(sql`${table.status} <> 'ended'`),
    index("staking_compounds_due_idx").on(table.nextLookAt, table.id).where(sql`${table.status} = 'active'`),
    index("staking_compounds_organization_idx").on(table.organizationId, table.delegatorAddress, table.createdAt),
  ],
);

/** One row is one transaction that withdrew rewards and staked them again. */
export const stakingCompoundRuns = pgTable(
  "staking_compound_runs",
  {
    id: id(),
    organizationId: text().notNull(),
    compoundId: text()
      .notNull()
      .references(() => stakingCompounds.id),
    amountBaseUnits: baseUnits().notNull(),
    feeBaseUnits: baseUnits().notNull(),
    denom: text().notNull(),
    status: compoundRunStatus().notNull(),
    statusReason: text(),
    /** The chain's own words, where it refused. */
    reason: text(),
    txHash: text().notNull(),
    heightBlocks: bigint({ mode: "bigint" }),
    ...timestamps(),
  },
  (table) => [
    uniqueIndex("staking_compound_runs_open_uq").on(table.compoundId).where(sql`${table.status} = 'sent'`),
    index("staking_compound_runs_compound_idx").on(table.compoundId, table.createdAt, table.id),
    index("staking_compound_runs_unsettled_idx").on(table.id).where(sql`${table.status} in ('sent', 'expired')`),
  ],
);
