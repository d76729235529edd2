import { z } from "zod";
import { silentNetworks } from "@/server/domains/chain";
import { isAppError } from "@/server/kernel/errors";
import { pagesById } from "@/server/kernel/pages-by-id";
import { defineFlow, defineQuery } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { confirmOnChain } from "./confirm-on-chain";
import { RUNTIMES } from "./constants";
import { findVolumes, listSetupsWaitingForChainAny, listWantedNodeIds } from "./repository";
import { settleTransactions } from "./settle-transactions";
import { listOnHost, removeNode } from "./unmake-node";

/** Rows that are held in memory at once. */
export const SweepPage = z.strictObject({ pageSize: z.number().int().min(1).max(1_000).default(100) });

const listWaiting = defineQuery({
  verb: "validators.list-setups-waiting-for-chain",
  scope: "platform:read",
  tenancy: "platform",
  input: SweepPage.required().extend({ afterId: z.string() }),
  run: async (ctx, input) =>
    (await listSetupsWaitingForChainAny(ctx.db, input.afterId, input.pageSize)).map(({ id, networkId }) => ({
      id,
      networkId,
    })),
});

/** Holds every request that waits for the chain against the chain: a validator that exists with our key is active, however it came about. */
export const syncWaitingSetups = defineFlow<Ports>()({
  verb: "validators.sync-waiting-setups",
  scope: "platform:write",
  tenancy: "platform",
  input: SweepPage,
  run: async (ctx, { pageSize }) => {
    const networks = silentNetworks(ctx.logger, "validators.chain_sync.failed");
    let activated = 0;
    for await (const waiting of pagesById(pageSize, (afterId) => listWaiting(ctx, { afterId, pageSize }))) {
      for (const { id: setupRequestId, networkId } of waiting) {
        await settleTransactions(ctx, { setupRequestId });
        const found = await networks.ask(networkId, { setupRequestId }, () => confirmOnChain(ctx, { setupRequestId }));
        if (found?.isActive) activated += 1;
      }
    }
    return { activated };
  },
});

/** Of what a host has, what rows of ours speak of. */
const findKnown = defineQuery({
  verb: "validators.find-known-on-host",
  scope: "platform:read",
  tenancy: "platform",
  input: z.strictObject({ nodeIds: z.array(z.string()), volumeIds: z.array(z.string()) }),
  run: async (ctx, input) => ({
    nodeIds: (await listWantedNodeIds(ctx.db, input.nodeIds)).map((row) => row.id),
    volumeIds: (await findVolumes(ctx.db, input.volumeIds)).map((row) => row.id),
  }),
});

/** Nodes on our hosts that no row knows are removed: a row is written before its node is made, so none can be new. Volumes are only reported: they may hold keys. */
export const sweepOrphans = defineFlow<Ports>()({
  verb: "validators.sweep-orphans",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({}),
  run: async (ctx) => {
    let removed = 0;
    for (const runtime of RUNTIMES) {
      let listed: Awaited<ReturnType<typeof listOnHost>>;
      try {
        listed = await listOnHost(ctx, { runtime });
      } catch (thrown) {
        if (!isAppError(thrown)) throw thrown;
        continue;
      }
      const known = await findKnown(ctx, listed);
      for (const nodeId of listed.nodeIds.filter((id) => !known.nodeIds.includes(id))) {
        ctx.logger.warn({ runtime, nodeId }, "validators.orphan_node.removed");
        await removeNode(ctx, { runtime, nodeId, volumeId: "none", removeVolume: false });
        removed += 1;
      }
      for (const volumeId of listed.volumeIds.filter((id) => !known.volumeIds.includes(id))) {
        ctx.logger.warn({ runtime, volumeId }, "validators.orphan_volume.found");
      }
    }
    return { removed };
  },
});
