import { z } from "zod";
import { boundedText } from "@/server/kernel/text";
import { defineQuery } from "@/server/kernel/verbs";
import { findWalletByAddress } from "./repository";

/** Whether the address (canonical spelling) is a wallet of the acting person, or of the maker of the acting token; jobs own none. */
export const isOwnWallet = defineQuery({
  verb: "identity.is-own-wallet",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: z.strictObject({ address: boundedText(120) }),
  run: async (ctx, input): Promise<boolean> => {
    if (ctx.actor.kind !== "user" && ctx.actor.kind !== "apiToken") return false;
    const wallet = await findWalletByAddress(ctx.db, input.address);
    return wallet?.userId === ctx.actor.userId;
  },
});
