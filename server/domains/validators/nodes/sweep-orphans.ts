import { z } from "zod";
import { isAppError } from "@/server/kernel/errors";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { RUNTIMES } from "../constants";
import { findVolumes, listWantedNodeIds } from "./repository";
import { removeNode } from "./unmake-node";

const idsOf = (rows: readonly { readonly id: string }[]): ReadonlySet<string> => new Set(rows.map(({ id }) => id));

/** Nodes on our hosts that no row knows are removed: a row is written before its node is made, so none can be new. Volumes are only reported: they may hold keys. */
export const sweepOrphans = defineFlow<Ports>()({
  verb: "validators.sweep-orphans",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({}),
  run: async (ctx) => {
    let removed = 0;
    for (const runtime of RUNTIMES) {
      let listed: Awaited<ReturnType<Ports["nodeHosts"][typeof runtime]["list"]>>;
      try {
        listed = await ctx.ports.nodeHosts[runtime].list();
      } catch (thrown) {
        if (!isAppError(thrown)) throw thrown;
        continue;
      }
      const knownNodes = idsOf(await listWantedNodeIds(ctx.db, listed.nodeIds));
      const knownVolumes = idsOf(await findVolumes(ctx.db, listed.volumeIds));
      for (const nodeId of listed.nodeIds.filter((id) => !knownNodes.has(id))) {
        try {
          await removeNode(ctx.ports, { runtime, nodeId, volumeId: "none", removeVolume: false });
          ctx.logger.warn({ runtime, nodeId }, "validators.orphan_node.removed");
          removed += 1;
        } catch (thrown) {
          // One that stays, e.g. since it does not end, keeps no other one from its end; the next sweep comes for it.
          if (!isAppError(thrown)) throw thrown;
          ctx.logger.warn({ runtime, nodeId, code: thrown.code }, "validators.orphan_node.not_removed");
        }
      }
      for (const volumeId of listed.volumeIds.filter((id) => !knownVolumes.has(id))) {
        ctx.logger.warn({ runtime, volumeId }, "validators.orphan_volume.found");
      }
    }
    return { removed };
  },
});
