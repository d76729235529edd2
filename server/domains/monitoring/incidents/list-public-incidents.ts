import { z } from "zod";
import { toldAgain } from "@/server/kernel/told-again";
import { defineQuery } from "@/server/kernel/verbs";
import { PublicIncidents } from "../schemas";
import { mergeIncidents } from "./merge-incidents";
import { listNetworkIncidents } from "./repository";

const DAYS = 90;
const TOLD_AGAIN_MS = 15_000;

const read = toldAgain(TOLD_AGAIN_MS, (db: Parameters<typeof listNetworkIncidents>[0], now) =>
  listNetworkIncidents(db, new Date(now.getTime() - DAYS * 86_400_000)),
);

/** Outages of whole networks in the last 90 days, as the rules saw them; of no organisation's own validators, and no words of its people. */
export const listPublicIncidents = defineQuery({
  verb: "monitoring.list-public-incidents",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: z.strictObject({}),
  output: PublicIncidents,
  run: async (ctx) => ({ days: DAYS, items: mergeIncidents(await read(ctx.db, ctx.now)) }),
});
