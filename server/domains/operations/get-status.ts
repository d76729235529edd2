import { z } from "zod";
import { listComponentDays } from "@/server/kernel/component-days";
import { toldAgain } from "@/server/kernel/told-again";
import { defineQuery } from "@/server/kernel/verbs";
import { InstallationStatus } from "./schemas";
import { statusOf } from "./status-of";

/** A look comes each minute, so that nothing newer is missed for long. */
const TOLD_AGAIN_MS = 5_000;

const readDays = toldAgain(TOLD_AGAIN_MS, listComponentDays);

/** How every part of the installation is, by the looks of each minute, and how it was in the last 90 days; the same for everybody. */
export const getStatus = defineQuery({
  verb: "operations.get-status",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: z.strictObject({}),
  output: InstallationStatus,
  run: async (ctx): Promise<InstallationStatus> => statusOf(await readDays(ctx.db, ctx.now), ctx.now),
});
