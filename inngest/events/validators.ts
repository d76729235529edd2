import { eventType } from "inngest";
import { z } from "zod";
import { VALIDATOR_EVENTS } from "@/server/domains/validators";
import { NODE_OPERATIONS } from "@/server/domains/validators/constants";

const setup = z.object({ setupRequestId: z.string(), organizationId: z.string(), generation: z.number().int() });

/** A request was made, or a failed one is tried again. */
export const setupRequested = eventType(VALIDATOR_EVENTS.setupRequested, { schema: setup });
/** A request was given up by its owner. */
export const setupCancelled = eventType(VALIDATOR_EVENTS.setupCancelled, { schema: setup });
/** An attempt ended with a sentence. */
export const setupFailed = eventType(VALIDATOR_EVENTS.setupFailed, { schema: setup });
/** A signed transaction was accepted and must reach the chain. */
export const transactionAccepted = eventType(VALIDATOR_EVENTS.transactionAccepted, {
  schema: z.object({ transactionId: z.string(), setupRequestId: z.string(), organizationId: z.string() }),
});
/** Somebody wants a node stopped, started, replaced or removed. */
export const operationRequested = eventType(VALIDATOR_EVENTS.operationRequested, {
  schema: z.object({
    nodeId: z.string(),
    setupRequestId: z.string(),
    organizationId: z.string(),
    operation: z.enum(NODE_OPERATIONS),
    generation: z.number().int(),
  }),
});
