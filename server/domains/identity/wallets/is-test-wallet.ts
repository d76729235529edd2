import { z } from "zod";
import { boundedText } from "@/server/kernel/text";
import { defineQuery } from "@/server/kernel/verbs";
import { listTestAddresses } from "./repository";

/** Whether the address (canonical spelling) is a wallet whose key a browser made for a tour, which is good on a localnet alone. */
export const isTestWallet = defineQuery({
  verb: "identity.is-test-wallet",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: z.strictObject({ address: boundedText(120) }),
  run: async (ctx, input): Promise<boolean> => (await listTestAddresses(ctx.db, [input.address])).has(input.address),
});
