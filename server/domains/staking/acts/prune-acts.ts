import { z } from "zod";
import { defineCommand } from "@/server/kernel/verbs";
import { WITHDRAWN_KEPT_DAYS } from "../constants";
import { deleteWithdrawnActs } from "./repository";

/** Forgets acts that nobody signed; what was signed is history and stays. */
export const pruneActs = defineCommand({
  verb: "staking.prune-acts",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: z.strictObject({}),
  run: async (ctx) => ({
    forgotten: await deleteWithdrawnActs(ctx.tx, new Date(ctx.now.getTime() - WITHDRAWN_KEPT_DAYS * 24 * 3_600_000)),
  }),
});
