import { z } from "zod";
import { defineEvent } from "@/server/kernel/events";

/** An operator wants a bulk run to go on: begun, resumed, or to be brought to its end. */
export const bulkRunRequested = defineEvent(
  "fleet/bulk-run.requested",
  z.strictObject({ bulkRunId: z.string(), generation: z.number().int() }),
);
