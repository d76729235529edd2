import { z } from "zod";
import { listStandings } from "@/server/domains/chain";
import { AttentionList, byUrgency } from "@/server/kernel/attention";
import type { ServiceCtx } from "@/server/kernel/context";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { listNodesOf } from "../nodes/repository";
import { attentionOf, type ChainStanding } from "./attention";
import { listSetupsInView } from "./repository";
import { toNodeView, toSetupView } from "./to-view";

const MAX_SETUPS = 100;
/** A setup that failed longer ago is history, not a matter of now. */
const FAILED_DAYS = 7;

async function readSetupsInView(ctx: Pick<ServiceCtx, "db" | "now">, organizationId: string) {
  const failedSince = new Date(ctx.now().getTime() - FAILED_DAYS * 24 * 3_600_000);
  const rows = await listSetupsInView(ctx.db, organizationId, failedSince, MAX_SETUPS + 1);
  const setups = rows.slice(0, MAX_SETUPS);
  const setupIds = setups.map(({ id }) => id);
  const nodeOf = new Map((await listNodesOf(ctx.db, setupIds)).map((node) => [node.setupRequestId, node]));
  return {
    inView: setups.map((row) => {
      const node = nodeOf.get(row.id);
      return { setup: toSetupView(row, node), node: node ? toNodeView(node, undefined) : null };
    }),
    isComplete: rows.length <= MAX_SETUPS,
  };
}

/** What of the organisation's validators and setups needs somebody now, from what was last seen of node and chain. */
export const listAttention = defineFlow<Ports>()({
  verb: "validators.list-attention",
  scope: "validators:read",
  tenancy: "organization",
  input: z.strictObject({}),
  output: AttentionList,
  run: async (ctx): Promise<AttentionList> => {
    const { inView, isComplete } = await readSetupsInView(ctx, ctx.organizationId);
    const standings = new Map<string, ChainStanding>();
    for (const networkId of new Set(inView.map(({ setup }) => setup.networkId))) {
      const operatorAddresses = inView.flatMap(({ setup }) =>
        setup.networkId === networkId ? [setup.operatorAddress] : [],
      );
      for (const seen of await listStandings(ctx, { networkId, operatorAddresses })) {
        standings.set(`${networkId} ${seen.operatorAddress}`, seen);
      }
    }
    const items = inView.flatMap(({ setup, node }) => {
      const standing = standings.get(`${setup.networkId} ${setup.operatorAddress}`) ?? null;
      const item = attentionOf({ setup, node, standing });
      return item ? [item] : [];
    });
    return { items: items.sort(byUrgency), isComplete };
  },
});
