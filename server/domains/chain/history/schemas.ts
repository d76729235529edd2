import { z } from "zod";
import { CALENDAR_DAYS, HISTORY_SPANS } from "../constants";
import { AddressText, NetworkRef } from "../schemas";

export const RollUpInput = z.strictObject({});

export const UptimeCalendarInput = z.strictObject({
  networkId: NetworkRef,
  /** `…valcons1…` or the 20 bytes in upper-case hex. */
  consensusAddress: z.string().min(1).max(120),
  days: z.coerce.number().int().min(1).max(CALENDAR_DAYS.max).default(CALENDAR_DAYS.default),
});
export const UptimeCalendar = z
  .object({
    networkId: z.string(),
    consensusAddressHex: z.string(),
    /** One for each UTC day, oldest first, the last one today; null where no block of the day was recorded. */
    days: z.array(
      z.object({
        day: z.string(),
        counts: z
          .object({
            /** Blocks of the day that were recorded. */
            recorded: z.number().int(),
            /** Of them, those that asked for its signature: it was in the set. */
            signed: z.number().int(),
            missed: z.number().int(),
          })
          .nullable(),
      }),
    ),
    /** Height up to which blocks are counted; the last minute's may be missing. */
    countedToHeightBlocks: z.string().nullable(),
  })
  .meta({ id: "UptimeCalendar" });
export type UptimeCalendar = z.infer<typeof UptimeCalendar>;

export const ValidatorHistoryInput = z.strictObject({
  networkId: NetworkRef,
  operatorAddress: AddressText,
  span: z.enum(HISTORY_SPANS).default("24h"),
});
/** How a validator stood over time; where nothing was read there is no sample, and no hour. */
export const ValidatorHistory = z
  .object({
    networkId: z.string(),
    operatorAddress: z.string(),
    span: z.enum(HISTORY_SPANS),
    from: z.string(),
    to: z.string(),
    /** Minutes between two samples of this span. */
    stepMinutes: z.number().int(),
    samples: z.array(
      z.object({
        at: z.string(),
        tokensBaseUnits: z.string(),
        bondedBaseUnits: z.string(),
        rank: z.number().int().nullable(),
        commissionRate: z.string(),
        missedBlocks: z.number().int().nullable(),
        /** The following are asked for validators that run here; null where nobody asked. */
        delegatorCount: z.number().int().nullable(),
        outstandingRewardsBaseUnits: z.string().nullable(),
        outstandingCommissionBaseUnits: z.string().nullable(),
        /** The network's yearly rate on bonded stake before commission, a Dec string; also null where the chain mints by rules of its own. */
        aprBeforeCommission: z.string().nullable(),
      }),
    ),
    hours: z.array(z.object({ at: z.string(), signed: z.number().int(), missed: z.number().int() })),
  })
  .meta({ id: "ValidatorHistory" });
export type ValidatorHistory = z.infer<typeof ValidatorHistory>;
