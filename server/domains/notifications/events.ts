import { z } from "zod";
import { defineEvent } from "@/server/kernel/events";

/** A message is to be brought to a channel. */
export const deliveryRequested = defineEvent(
  "notifications/delivery.requested",
  z.strictObject({ deliveryId: z.string(), organizationId: z.string() }),
);
