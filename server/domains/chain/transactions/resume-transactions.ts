import type { Executor } from "@/db/client";
import type { ServiceCtx } from "@/server/kernel/context";
import { pagesById, SweepPage } from "@/server/kernel/pages-by-id";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { SILENT_AFTER_MINUTES, TRANSACTION_TIMEOUT_MINUTES } from "../constants";
import { silentNetworks } from "../networks/silent-networks";
import { listInFlightUnchangedSince } from "./repository";
import { isDecided, recordOutcomeOf, sendAccepted, watchTransaction } from "./send-accepted";

/** A run looks for the transaction until its time is over, and a little longer where looks are slow; only then is it called never seen. */
const EXPIRED_AFTER_MINUTES = TRANSACTION_TIMEOUT_MINUTES + 5;

const minutesAgo = (now: Date, minutes: number) => new Date(now.getTime() - minutes * 60_000);

async function listSilent(db: Executor, now: Date, afterId: string, pageSize: number) {
  const rows = await listInFlightUnchangedSince(db, minutesAgo(now, SILENT_AFTER_MINUTES), afterId, pageSize);
  return rows.map((row) => ({
    id: row.id,
    networkId: row.networkId,
    isSent: row.status === "broadcast",
    isOverdue: row.updatedAt < minutesAgo(now, EXPIRED_AFTER_MINUTES),
  }));
}

type Silent = Awaited<ReturnType<typeof listSilent>>[number];

async function resume(ctx: ServiceCtx<Ports>, { id: transactionId, isSent, isOverdue }: Silent) {
  const ref = { transactionId };
  // The same bytes are the same transaction, so a run that is alive after all does no harm and takes none.
  if (!isSent && (await sendAccepted(ctx, ref)).outcome === "refused") return;
  const look = await watchTransaction(ctx, ref, { isJustSent: !isSent });
  if (isDecided(look) || (isSent && isOverdue)) await recordOutcomeOf(ctx, ref, look);
}

/**
 * Takes up transactions whose run was lost, e.g. because the chain was away for longer than it tried: what was never sent is sent, what was sent
 * is looked for and sent again while it is valid, and what no block took in its time goes back to be signed again. Without it its subject could neither go on nor be given up.
 */
export const resumeTransactions = defineFlow<Ports>()({
  verb: "chain.resume-transactions",
  scope: "platform:write",
  tenancy: "platform",
  input: SweepPage,
  run: async (ctx, { pageSize }) => {
    const networks = silentNetworks(ctx.logger, "chain.transaction.not_resumed");
    let resumed = 0;
    for await (const silent of pagesById(pageSize, (afterId) => listSilent(ctx.db, ctx.now(), afterId, pageSize))) {
      for (const transaction of silent) {
        const { id: transactionId, networkId } = transaction;
        await networks.ask(networkId, { transactionId }, () => resume(ctx, transaction));
      }
      resumed += silent.length;
    }
    return { resumed };
  },
});
