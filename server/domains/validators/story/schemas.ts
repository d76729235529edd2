import { z } from "zod";

export const ProvisioningEventView = z
  .object({
    sequence: z.number().int(),
    type: z.enum(["started", "progress", "completed", "failed", "retry", "cancelled", "activity"]),
    step: z.string().nullable(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
    at: z.string(),
  })
  .meta({ id: "SetupEvent" });
export type ProvisioningEventView = z.infer<typeof ProvisioningEventView>;
