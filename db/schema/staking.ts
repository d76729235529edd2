import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgEnum, pgTable, text } from "drizzle-orm/pg-core";
import { ACT_STATUSES } from "../states/staking";
import { baseUnits, id, instant, timestamps } from "./columns";

export const actStatus = pgEnum("staking_act_status", ACT_STATUSES);

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
