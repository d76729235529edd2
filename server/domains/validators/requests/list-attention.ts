import { z } from "zod";
import { AttentionList, byUrgency } from "@/server/kernel/attention";
import type { ServiceCtx } from "@/server/kernel/context";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { attentionOf } from "./attention";
import { readViewsOf } from "./read-views";
import { listSetupsInView } from "./repository";

const MAX_SETUPS = 100;
/** A setup that failed longer ago is history, not a matter of now. */
const FAILED_DAYS = 7;

async function readSetupsInView(ctx: Pick<ServiceCtx, "db" | "now">, organizationId: string) {
  const failedSince = new Date(ctx.now().getTime() - FAILED_DAYS * 24 * 3_600_000);
  const rows = await listSetupsInView(ctx.db, organizationId, failedSince, MAX_SETUPS + 1);
  return {
    inView: await readViewsOf(ctx.db, rows.slice(0, MAX_SETUPS), ctx.now()),
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
    const items = inView.flatMap(({ setupRequest, node }) => attentionOf({ setup: setupRequest, node }) ?? []);
    return { items: items.sort(byUrgency), isComplete };
  },
});
