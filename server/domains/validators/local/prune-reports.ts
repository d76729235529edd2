import { z } from "zod";
import { defineCommand } from "@/server/kernel/verbs";
import { deleteMachinesSilentSince, deleteSamplesBefore } from "./repository";

const KEEP_SAMPLES_HOURS = 24;
/** A machine that was silent for so long is forgotten; its agent stays until it is revoked. */
const KEEP_SILENT_DAYS = 7;

/** Forgets reports of yesterday and machines that are gone; repeats safely. */
export const pruneReports = defineCommand({
  verb: "validators.prune-reports",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: z.strictObject({}),
  run: async (ctx) => {
    const ago = (hours: number) => new Date(ctx.now.getTime() - hours * 3_600_000);
    return {
      samples: await deleteSamplesBefore(ctx.tx, ago(KEEP_SAMPLES_HOURS)),
      machines: await deleteMachinesSilentSince(ctx.tx, ago(KEEP_SILENT_DAYS * 24)),
    };
  },
});
