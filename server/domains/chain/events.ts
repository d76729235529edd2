import { z } from "zod";
import { defineEvent } from "@/server/kernel/events";

const validator = z.strictObject({
  networkId: z.string(),
  chainId: z.string(),
  operatorAddress: z.string(),
  /** Height of the look that first showed it. */
  heightBlocks: z.string(),
});

/** The chain took a validator out of the set as a penalty. */
export const validatorJailed = defineEvent("chain/validator.jailed", validator);
/** A jailed validator may sign again. */
export const validatorUnjailed = defineEvent("chain/validator.unjailed", validator);
/** The chain saw a validator sign twice; its key can never sign again. */
export const validatorTombstoned = defineEvent("chain/validator.tombstoned", validator);
