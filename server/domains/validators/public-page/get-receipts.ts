import { z } from "zod";
import type { Executor } from "@/db/client";
import { consensusAddressHexOf } from "@/lib/chain/key-address";
import { sumSigned } from "@/server/domains/chain";
import { toldAgain } from "@/server/kernel/told-again";
import { defineQuery } from "@/server/kernel/verbs";
import { countRefusedStarts, listKeys, medianSetup } from "./repository";
import { Receipts } from "./schemas";

const WINDOW_DAYS = 30;
/** The page that shows it is everybody's: however many ask, the rows are counted once in this time. */
const TOLD_AGAIN_MS = 30_000;

/** Counts the rows; pages have it from the verb, which tells the same again for a while. */
export async function readReceipts(db: Executor, now: Date): Promise<Receipts> {
  const since = new Date(now.getTime() - WINDOW_DAYS * 86_400_000);
  const keys = await listKeys(db);
  const byKey = new Map(
    keys.flatMap(({ networkId, consensusPubkey }) => {
      if (consensusPubkey === null) return [];
      const consensusAddressHex = consensusAddressHexOf(consensusPubkey);
      return [[`${networkId} ${consensusAddressHex}`, { networkId, consensusAddressHex }] as const];
    }),
  );
  const blocks = await sumSigned(db, [...byKey.values()], since);
  const setups = await medianSetup(db, since);
  return {
    measuredAt: now.toISOString(),
    windowDays: WINDOW_DAYS,
    validators: keys.filter(({ status }) => status === "active").length,
    blocks: blocks && { ...blocks, since: blocks.since.toISOString() },
    setups: setups.medianMs === null ? null : { count: setups.count, medianMs: setups.medianMs },
    refusedStarts: await countRefusedStarts(db, since),
  };
}

const readAgain = toldAgain(TOLD_AGAIN_MS, readReceipts);

/** What this installation did, measured by its own rows; the same for everybody. */
export const getReceipts = defineQuery({
  verb: "validators.get-receipts",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: z.strictObject({}),
  output: Receipts,
  run: (ctx): Promise<Receipts> => readAgain(ctx.db, ctx.now),
});
