import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { countHeldByRegion } from "./repository";

/** Per region: the counter and the true number of held allocations; the two differ only when something is broken. */
export const countSlots = defineQuery({
  verb: "regions.count-slots",
  scope: "platform:read",
  tenancy: "platform",
  input: z.strictObject({}),
  run: (ctx) => countHeldByRegion(ctx.db),
});
