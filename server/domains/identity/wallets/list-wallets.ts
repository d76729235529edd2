import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { requireUser } from "../people/require-user";
import { NoInput, Wallet } from "../schemas";
import { listTestAddresses, listWalletRows } from "./repository";
import { toWallet } from "./to-wallet";

/** The caller's own wallets, oldest first. */
export const listWallets = defineQuery({
  verb: "identity.list-wallets",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: NoInput,
  output: z.strictObject({ items: z.array(Wallet) }),
  run: async (ctx): Promise<{ items: Wallet[] }> => {
    const rows = await listWalletRows(ctx.db, requireUser(ctx.actor).userId);
    const tests = await listTestAddresses(
      ctx.db,
      rows.map((row) => row.address),
    );
    return { items: rows.map((row) => toWallet(row, tests.has(row.address))) };
  },
});
