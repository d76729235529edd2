import { z } from "zod";
import { networkOf } from "@/server/domains/chain";
import { isAppError } from "@/server/kernel/errors";
import { pagesById } from "@/server/kernel/pages-by-id";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { checkNode } from "./check-node";
import { askTip, boundingTip } from "./read-tip";
import { recordMeasures, recordUnanswered, recordVerdict } from "./record-health";
import { recordWatermark } from "./record-watermark";
import { listNodesToCheck, type NodeRow } from "./repository";

/** Looks at every node that is not terminated, a few at a time, and keeps what was found. */
export const checkNodes = defineFlow<Ports>()({
  verb: "validators.check-nodes",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({}),
  run: async (ctx) => {
    const tips = new Map<string, bigint | null>();
    const tipOf = async (networkId: string) => {
      const known = tips.get(networkId);
      if (known !== undefined) return known;
      const tip = await askTip(ctx, networkId);
      tips.set(networkId, tip);
      return tip;
    };
    const boundingTipOf = async (networkId: string) => (await tipOf(networkId)) ?? boundingTip(ctx, networkId);
    const lookAt = async (node: NodeRow) => {
      const { network } = await networkOf(ctx, node.networkId);
      const found = await checkNode(ctx.ports, {
        network,
        runtime: node.hostKind,
        nodeId: node.id,
        volumeId: node.volumeId,
        desiredState: node.desiredState,
        tipHeightBlocks: await tipOf(node.networkId),
      });
      if (!found.isAnswered) {
        await recordUnanswered(ctx, { nodeId: node.id, error: found.error });
        return;
      }
      const { isAnswered: _answered, verdict, signState, ...facts } = found;
      // While an operation was under way the verdict would be about a node in motion: generation -1 keeps it to the numbers.
      const look = {
        nodeId: node.id,
        generation: node.operation === null ? node.generation : -1,
        verdict: { ...verdict },
      };
      if ((await recordMeasures(ctx, { ...look, ...facts })).isMove) await recordVerdict(ctx, look);
      if (signState !== null) {
        const tipHeightBlocks = await boundingTipOf(node.networkId);
        await recordWatermark(ctx, { volumeId: node.volumeId, signState, tipHeightBlocks });
      }
    };
    let checked = 0;
    for await (const nodes of pagesById(PAGE_NODES, (afterId) => listNodesToCheck(ctx.db, afterId, PAGE_NODES))) {
      const queue = [...nodes];
      const worker = async () => {
        for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
          await lookAt(node).catch((thrown: unknown) => {
            if (!isAppError(thrown)) throw thrown;
            ctx.logger.warn({ nodeId: node?.id, code: thrown.code }, "validators.node_check.failed");
          });
        }
      };
      await Promise.all(Array.from({ length: PARALLEL_LOOKS }, worker));
      checked += nodes.length;
    }
    return { checked };
  },
});

const PARALLEL_LOOKS = 4;
/** Rows that are held in memory at once. */
const PAGE_NODES = 200;
