import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { RUNTIMES } from "./constants";
import { hasNodesOn } from "./repository";

/** Whether any node that is not gone runs on hosts of this kind: where none does, their absence hurts nobody. */
export const isRuntimeUsed = defineQuery({
  verb: "validators.is-runtime-used",
  scope: "platform:read",
  tenancy: "platform",
  input: z.strictObject({ runtime: z.enum(RUNTIMES) }),
  run: async (ctx, { runtime }) => ({ isUsed: await hasNodesOn(ctx.db, runtime) }),
});
