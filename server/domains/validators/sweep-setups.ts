import { z } from "zod";
import { silentNetworks } from "@/server/domains/chain";
import { isAppError } from "@/server/kernel/errors";
import { pagesById } from "@/server/kernel/pages-by-id";
import { defineCommand, defineFlow, defineQuery } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { confirmOnChain } from "./confirm-on-chain";
import { LOST_AFTER_MINUTES, RUNTIMES, SETUP_TIMEOUT_MINUTES } from "./constants";
import { operationRequested, setupCancelled, setupFailed, setupRequested } from "./events";
import { expireUnsignedSetups } from "./expire-unsigned-setups";
import { recordSetupFailed } from "./record-setup-failed";
import {
  findVolumes,
  listSetupsBegunBefore,
  listSetupsUnchangedSince,
  listSetupsWaitingForChainAny,
  listStaleOperations,
  listUnreleasedSetups,
  listWantedNodeIds,
  markResent,
} from "./repository";
import { settleTransactions } from "./settle-transactions";
import { listOnHost, removeNode } from "./unmake-node";

const BATCH = 100;
/** Rows that are held in memory at once. */
export const SweepPage = z.strictObject({ pageSize: z.number().int().min(1).max(1_000).default(100) });
const minutesBefore = (now: Date, minutes: number) => new Date(now.getTime() - minutes * 60_000);

/**
 * Sends lost work of requests on its way again: the same event, which finds its steps done or repeats them. A request that is merely queued for
 * long looks the same, so each is sent once in a while only, and goes behind those that were not sent yet.
 */
const resendSilentSetups = defineCommand({
  verb: "validators.resend-silent-setups",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: z.strictObject({}),
  run: async (ctx) => {
    const silent = await listSetupsUnchangedSince(
      ctx.tx,
      ["pending", "provisioning", "configuring"],
      minutesBefore(ctx.now, LOST_AFTER_MINUTES),
      BATCH,
    );
    for (const setup of silent) {
      await ctx.emit(setupRequested, {
        setupRequestId: setup.id,
        organizationId: setup.organizationId,
        generation: setup.generation,
      });
    }
    const unreleased = await listUnreleasedSetups(ctx.tx, minutesBefore(ctx.now, LOST_AFTER_MINUTES), BATCH);
    for (const setup of unreleased) {
      await ctx.emit(setup.status === "failed" ? setupFailed : setupCancelled, {
        setupRequestId: setup.id,
        organizationId: setup.organizationId,
        generation: setup.generation,
      });
    }
    await markResent(
      ctx.tx,
      [...silent, ...unreleased].map(({ id }) => id),
      ctx.now,
    );
    return { resent: silent.length, released: unreleased.length };
  },
});

/** The same for a page of operations on nodes: an operation is silent when its run is lost, and then the run that comes first takes it over. */
const resendStaleOperations = defineCommand({
  verb: "validators.resend-stale-operations",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: z.strictObject({ afterId: z.string() }),
  run: async (ctx, input) => {
    const since = minutesBefore(ctx.now, LOST_AFTER_MINUTES);
    const operations = await listStaleOperations(ctx.tx, since, input.afterId, BATCH);
    for (const node of operations) {
      if (node.operation === null || node.operation === "provision") continue;
      await ctx.emit(operationRequested, {
        nodeId: node.id,
        setupRequestId: node.setupRequestId,
        organizationId: node.organizationId,
        operation: node.operation,
        generation: node.generation,
      });
    }
    return operations.map(({ id }) => ({ id }));
  },
});

const listOverdue = defineQuery({
  verb: "validators.list-overdue-setups",
  scope: "platform:read",
  tenancy: "platform",
  input: z.strictObject({}),
  run: (ctx) =>
    listSetupsBegunBefore(
      ctx.db,
      ["pending", "provisioning", "configuring"],
      minutesBefore(ctx.now, SETUP_TIMEOUT_MINUTES),
      BATCH,
    ),
});

/** Fails what is over its time, then sends lost work on its way again. */
export const sweepSetups = defineFlow<Ports>()({
  verb: "validators.sweep-setups",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({}),
  run: async (ctx) => {
    const overdue = await listOverdue(ctx, {});
    for (const setup of overdue) {
      await recordSetupFailed(ctx, {
        setupRequestId: setup.id,
        generation: setup.generation,
        errorCode: "validators.setup_timeout",
        errorMessage: `The setup took longer than ${SETUP_TIMEOUT_MINUTES} minutes and was given up. Try again; tell the operator when it happens twice.`,
      });
    }
    const { expired } = await expireUnsignedSetups(ctx, {});
    const { resent, released } = await resendSilentSetups(ctx, {});
    let operations = 0;
    for await (const page of pagesById(BATCH, (afterId) => resendStaleOperations(ctx, { afterId }))) {
      operations += page.length;
    }
    return { overdue: overdue.length, expired, resent, released, operations };
  },
});

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
    // One unreachable chain must not keep the others waiting; the next minute asks again.
    const silent = silentNetworks();
    let activated = 0;
    for await (const waiting of pagesById(pageSize, (afterId) => listWaiting(ctx, { afterId, pageSize }))) {
      for (const { id: setupRequestId, networkId } of waiting) {
        await settleTransactions(ctx, { setupRequestId });
        if (silent.has(networkId)) continue;
        try {
          if ((await confirmOnChain(ctx, { setupRequestId })).isActive) activated += 1;
        } catch (thrown) {
          const { code } = silent.note(networkId, thrown);
          ctx.logger.warn({ setupRequestId, code }, "validators.chain_sync.failed");
        }
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
