import { z } from "zod";
import { defineEvent } from "@/server/kernel/events";
import { TransactionSubject } from "./transactions/schemas";

const validator = z.strictObject({
  networkId: z.string(),
  chainId: z.string(),
  operatorAddress: z.string(),
  /** Height of the look that first showed it. */
  heightBlocks: z.string(),
  /** What the kind of change says besides, as the row of the chain's story has it. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});

const transaction = z.strictObject({
  transactionId: z.string(),
  organizationId: z.string(),
  subject: TransactionSubject,
});

/** A signed transaction was accepted and must reach the chain. */
export const transactionAccepted = defineEvent("chain/transaction.accepted", transaction);
/** A block has the transaction, and it did what it says. */
export const transactionIncluded = defineEvent("chain/transaction.included", transaction);
/** The chain refused the transaction, or a block has it and it did nothing. */
export const transactionFailed = defineEvent("chain/transaction.failed", transaction);
/** No block took the transaction in its time. */
export const transactionExpired = defineEvent("chain/transaction.expired", transaction);

/** The chain took a validator out of the set as a penalty. */
export const validatorJailed = defineEvent("chain/validator.jailed", validator);
/** A jailed validator may sign again. */
export const validatorUnjailed = defineEvent("chain/validator.unjailed", validator);
/** The chain saw a validator sign twice; its key can never sign again. */
export const validatorTombstoned = defineEvent("chain/validator.tombstoned", validator);
/** A part of what is staked with a validator was burnt as a penalty. */
export const validatorSlashed = defineEvent("chain/validator.slashed", validator);
/** Its owner changed its name, its commission or what is written of it. */
export const validatorEdited = defineEvent("chain/validator.edited", validator);
/** Delegations to a validator that is watched came or went since the last look. */
export const validatorStakeChanged = defineEvent("chain/validator.stake-changed", validator);
/** A validator entered the set of those that sign. */
export const validatorBonded = defineEvent("chain/validator.bonded", validator);
/** A validator left the set of those that sign. */
export const validatorLeftSet = defineEvent("chain/validator.left-set", validator);
/** The chain has the operator no more. */
export const validatorRemoved = defineEvent("chain/validator.removed", validator);
