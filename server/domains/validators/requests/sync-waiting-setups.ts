import { silentNetworks } from "@/server/domains/chain";
import { isAppError } from "@/server/kernel/errors";
import { pagesById, SweepPage } from "@/server/kernel/pages-by-id";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { confirmOnChain } from "./confirm-on-chain";
import { noteSilence } from "./note-silence";
import { listSetupsWaitingForChainAny } from "./repository";
import { settleTransactions } from "./settle-transactions";

/** Holds every request that waits for the chain against the chain: a validator that exists with our key is active, however it came about. */
export const syncWaitingSetups = defineFlow<Ports>()({
  verb: "validators.sync-waiting-setups",
  scope: "platform:write",
  tenancy: "platform",
  input: SweepPage,
  run: async (ctx, { pageSize }) => {
    const networks = silentNetworks(ctx.logger, "validators.chain_sync.failed");
    /** Why a network does not answer, in words. */
    const silence = new Map<string, string>();
    let activated = 0;
    const pages = pagesById(pageSize, (afterId) => listSetupsWaitingForChainAny(ctx.db, afterId, pageSize));
    for await (const waiting of pages) {
      for (const { id: setupRequestId, networkId } of waiting) {
        await settleTransactions(ctx, { setupRequestId });
        const found = await networks.ask(networkId, { setupRequestId }, () =>
          confirmOnChain(ctx, { setupRequestId }).catch((thrown: unknown) => {
            if (isAppError(thrown)) silence.set(networkId, thrown.message);
            throw thrown;
          }),
        );
        if (found?.isActive) activated += 1;
        else await noteSilence(ctx, { setupRequestId, reason: found ? null : (silence.get(networkId) ?? null) });
      }
    }
    return { activated };
  },
});
