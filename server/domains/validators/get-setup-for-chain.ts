import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { setupRequestNotFound } from "./errors";
import { findSetup } from "./repository";

/** The request's row for our own jobs that hold it against the chain. @throws not_found validators.setup_request_not_found */
export const getSetupForChain = defineQuery({
  verb: "validators.get-setup-for-chain",
  scope: "platform:read",
  tenancy: "platform",
  input: z.strictObject({ setupRequestId: z.string() }),
  run: async (ctx, input) => {
    const setup = await findSetup(ctx.db, null, input.setupRequestId);
    if (!setup) throw setupRequestNotFound(input.setupRequestId);
    return setup;
  },
});
