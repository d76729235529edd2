import { z } from "zod";
import { defineEvent } from "@/server/kernel/events";
import { NODE_OPERATIONS } from "./constants";

const setup = z.strictObject({ setupRequestId: z.string(), organizationId: z.string(), generation: z.int() });

/** What each event on a request says of it. */
export const setupDataOf = ({
  id,
  organizationId,
  generation,
}: {
  id: string;
  organizationId: string;
  generation: number;
}) => ({
  setupRequestId: id,
  organizationId,
  generation,
});

/** A request was made, or a failed one is tried again; each with its generation. */
export const setupRequested = defineEvent("validators/setup-request.created", setup);
/** A request was given up: by its owner, an operator, or because nobody signed in time. */
export const setupCancelled = defineEvent("validators/setup-request.cancelled", setup);
/** An attempt ended with a sentence. */
export const setupFailed = defineEvent("validators/setup-request.failed", setup);
/** Somebody wants a node stopped, started, replaced or removed. */
export const operationRequested = defineEvent(
  "validators/node.operation-requested",
  z.strictObject({
    nodeId: z.string(),
    setupRequestId: z.string(),
    organizationId: z.string(),
    operation: z.enum(NODE_OPERATIONS).exclude(["provision"]),
    generation: z.int(),
  }),
);
