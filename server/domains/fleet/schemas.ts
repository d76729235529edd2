import { z } from "zod";
import { DRIVERS, NODE_STANDINGS, STANDINGS } from "@/server/domains/validators/constants";
import { SetupWithNode } from "@/server/domains/validators/requests/schemas";
import { SetupRequestId } from "@/server/domains/validators/schemas";
import { listInput } from "@/server/kernel/pagination";
import { boundedText, wordsText } from "@/server/kernel/text";
import {
  BULK_ACTS,
  BULK_ROW_STATUSES,
  BULK_RUN_STATUSES,
  DEFAULT_AT_ONCE,
  DEFAULT_POWER_PERCENT,
  MAX_AT_ONCE,
  MAX_ROWS,
  REASON_MAX_CHARACTERS,
} from "./constants";
import { fleetDomain } from "./domain";

const filters = {
  networkId: boundedText(100).optional(),
  regionCode: boundedText(60).optional(),
  driver: z.enum(DRIVERS).optional(),
  standing: z.enum(STANDINGS).optional(),
  nodeState: z.enum(NODE_STANDINGS).optional(),
  version: wordsText(1, 100).optional(),
  search: wordsText(1, 100).optional(),
};
export const FleetFilterInput = z.strictObject(filters);
export const ListFleetInput = z.strictObject({ ...listInput, ...filters });

/** A validator of any organisation with its node. */
export const FleetRow = SetupWithNode.extend({
  organizationId: z.string(),
  /** Null where the organisation is gone. */
  organizationName: z.string().nullable(),
  driver: z.enum(DRIVERS).nullable(),
  version: z.string(),
}).meta({ id: "FleetRow" });
export type FleetRow = z.infer<typeof FleetRow>;

/** How many nodes of a network run each version, the most common first. */
export const VersionSpread = z
  .object({
    networks: z.array(
      z.object({
        networkId: z.string(),
        networkName: z.string(),
        nodes: z.number().int(),
        versions: z.array(z.object({ version: z.string(), nodes: z.number().int() })),
      }),
    ),
  })
  .meta({ id: "FleetVersionSpread" });
export type VersionSpread = z.infer<typeof VersionSpread>;

const selection = {
  act: z.enum(BULK_ACTS),
  /** These validators, or all that have the filters. */
  setupRequestIds: z.array(SetupRequestId).min(1).max(MAX_ROWS).optional(),
  filter: FleetFilterInput.optional(),
  /** Whether validators that would be jailed by it are taken too. */
  mayJail: z.boolean().default(false),
  maxPowerPercent: z.number().int().min(1).max(100).default(DEFAULT_POWER_PERCENT),
};
const isOneSelection = (input: { setupRequestIds?: unknown; filter?: unknown }): boolean =>
  (input.setupRequestIds === undefined) !== (input.filter === undefined);
const SELECTION_RULE = { path: ["setupRequestIds"], message: "name the validators or the filters, one of the two" };

export const PlanBulkRunInput = z.strictObject(selection).refine(isOneSelection, SELECTION_RULE);
export type PlanBulkRunInput = z.output<typeof PlanBulkRunInput>;
export const StartBulkRunInput = z
  .strictObject({
    ...selection,
    atOnce: z.number().int().min(1).max(MAX_AT_ONCE).default(DEFAULT_AT_ONCE),
    reason: wordsText(3, REASON_MAX_CHARACTERS),
    /** Act and count as the plan says them. */
    confirmation: boundedText(60),
  })
  .refine(isOneSelection, SELECTION_RULE);

/** Which node a row is about, and whose. */
const whichNode = {
  setupRequestId: z.string(),
  nodeId: z.string().nullable(),
  organizationId: z.string(),
  organizationName: z.string().nullable(),
  networkId: z.string(),
  validatorName: z.string(),
};

/** One node of a plan: what would happen to it, or why nothing would. */
export const PlannedRow = z
  .object({
    ...whichNode,
    /** Null where it signs nothing that could be missed. */
    powerBaseUnits: z.string().nullable(),
    /** Of the network's voting power; null where that, or the validator's, is not known or none. */
    powerPercent: z.number().nullable(),
    /** What it costs in misses, in one sentence; null where it costs none. */
    price: z.string().nullable(),
    /** Code of why it is refused; null where it would be done. */
    refusal: z.string().nullable(),
    sentence: z.string(),
  })
  .meta({ id: "FleetPlannedRow" });
export type PlannedRow = z.infer<typeof PlannedRow>;
export const BulkPlan = z
  .object({
    act: z.enum(BULK_ACTS),
    rows: z.array(PlannedRow),
    allowed: z.number().int(),
    refused: z.number().int(),
    /** What is typed to begin it. */
    confirmation: z.string(),
  })
  .meta({ id: "FleetBulkPlan" });
export type BulkPlan = z.infer<typeof BulkPlan>;

export const BulkRunRef = z.strictObject({ bulkRunId: fleetDomain.idText("bulkRun") });
export const ListBulkRunsInput = z.strictObject(listInput);
export const ListBulkRowsInput = BulkRunRef.extend({ ...listInput, status: z.enum(BULK_ROW_STATUSES).optional() });

export const BulkRun = z
  .object({
    id: z.string(),
    act: z.enum(BULK_ACTS),
    status: z.enum(BULK_RUN_STATUSES),
    reason: z.string(),
    startedBy: z.string(),
    atOnce: z.number().int(),
    maxPowerPercent: z.number().int(),
    mayJail: z.boolean(),
    counts: z.record(z.enum(BULK_ROW_STATUSES), z.number().int()),
    nodes: z.number().int(),
    createdAt: z.string(),
    updatedAt: z.string(),
    endedAt: z.string().nullable(),
  })
  .meta({ id: "FleetBulkRun" });
export type BulkRun = z.infer<typeof BulkRun>;

export const BulkRow = z
  .object({
    id: z.string(),
    position: z.number().int(),
    ...whichNode,
    status: z.enum(BULK_ROW_STATUSES),
    statusReason: z.string().nullable(),
    sentence: z.string(),
    askedAt: z.string().nullable(),
    endedAt: z.string().nullable(),
  })
  .meta({ id: "FleetBulkRow" });
export type BulkRow = z.infer<typeof BulkRow>;

/** What the board shows beside the parts' own health; a figure that could not be read is null and says so in its place. */
export const HealthBoard = z
  .object({
    readAt: z.string(),
    networks: z.array(
      z.object({
        networkId: z.string(),
        name: z.string(),
        tipHeightBlocks: z.string().nullable(),
        /** Blocks between the tip and what is recorded without a gap. */
        lagBlocks: z.number().int().nullable(),
        tipAt: z.string().nullable(),
        readAt: z.string().nullable(),
        endpoints: z.object({ healthy: z.number().int(), all: z.number().int() }),
      }),
    ),
    outbox: z.object({ waiting: z.number().int(), oldestAgeSeconds: z.number().nullable() }),
    processes: z.array(
      z.object({
        component: z.string(),
        status: z.enum(["ok", "degraded", "down"]),
        reason: z.string().nullable(),
        ageSeconds: z.number(),
      }),
    ),
    channels: z.object({
      verified: z.number().int(),
      unverified: z.number().int(),
      waiting: z.number().int(),
      oldestWaitingAt: z.string().nullable(),
      deadToday: z.number().int(),
    }),
    agents: z.object({ online: z.number().int(), offline: z.number().int(), lastSeenAt: z.string().nullable() }),
    /** Null where runs are seen in a server of its own, or where the engine could not be asked; why stands beside it. */
    engine: z
      .object({
        state: z.enum(["active", "away", "never_started"]),
        queueDepth: z.number().int(),
        executingCalls: z.number().int(),
        activeRuns: z.number().int(),
        oldestDueAgeMs: z.number().nullable(),
        heartbeatAgeMs: z.number().nullable(),
      })
      .nullable(),
    whyNoEngine: z.string().nullable(),
  })
  .meta({ id: "FleetHealthBoard" });
export type HealthBoard = z.infer<typeof HealthBoard>;
