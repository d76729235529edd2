import type { z } from "zod";
import { actingFor, actorName, type CommandCtx } from "@/server/kernel/context";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import { fleetDomain } from "../domain";
import { nothingSelected, planChanged } from "../errors";
import { bulkRunRequested } from "../events";
import { insertRun } from "../repository";
import { BulkRunRef, type PlannedRow, StartBulkRunInput } from "../schemas";
import { planOf, planRows } from "./plan-bulk-run";

type Wish = Pick<z.output<typeof StartBulkRunInput>, "act" | "reason" | "atOnce" | "maxPowerPercent" | "mayJail"> & {
  readonly rows: readonly PlannedRow[];
};

const recordRun = defineChange("fleet.record-bulk-run", async (ctx: CommandCtx<null>, { rows, ...wish }: Wish) => {
  const id = fleetDomain.newId("bulkRun");
  const at = { createdAt: ctx.now, updatedAt: ctx.now };
  await insertRun(
    ctx.tx,
    { ...wish, ...at, id, status: "running", startedBy: actorName(ctx.actor) },
    rows.map((row, position) => ({
      ...at,
      id: fleetDomain.newId("bulkRow"),
      bulkRunId: id,
      position,
      setupRequestId: row.setupRequestId,
      nodeId: row.nodeId,
      organizationId: row.organizationId,
      networkId: row.networkId,
      validatorName: row.validatorName,
      powerBaseUnits: row.powerBaseUnits === null ? null : BigInt(row.powerBaseUnits),
      status: row.refusal === null ? ("waiting" as const) : ("refused" as const),
      statusReason: row.refusal,
      sentence: row.refusal === null ? "It waits for its turn." : row.sentence,
      endedAt: row.refusal === null ? null : ctx.now,
    })),
  );
  ctx.audit({
    action: "fleet.bulk_run.started",
    targetType: "bulk_run",
    targetId: id,
    organizationId: null,
    details: {
      act: wish.act,
      reason: wish.reason,
      nodes: rows.length,
      refused: rows.filter(({ refusal }) => refusal !== null).length,
      atOnce: wish.atOnce,
      maxPowerPercent: wish.maxPowerPercent,
      mayJail: wish.mayJail,
    },
  });
  await ctx.emit(bulkRunRequested, { bulkRunId: id, generation: 1 });
  return { bulkRunId: id };
});

/**
 * Begins an act on many nodes, a few at a time, as the plan shows it now; what the plan refuses is in the run as refused.
 * @throws conflict fleet.plan_changed, limit_exceeded fleet.too_many_nodes, invalid fleet.nothing_selected
 */
export const startBulkRun = defineFlow()({
  verb: "fleet.start-bulk-run",
  scope: "platform:write",
  tenancy: "platform",
  input: StartBulkRunInput,
  output: BulkRunRef,
  run: async (ctx, { confirmation, ...input }) => {
    const platform = actingFor(ctx, null);
    const rows = await planRows(platform, input);
    const plan = planOf(input.act, rows);
    if (plan.allowed === 0) throw nothingSelected();
    if (confirmation.trim() !== plan.confirmation) throw planChanged(plan.confirmation);
    const { act, reason, atOnce, maxPowerPercent, mayJail } = input;
    return recordRun(platform, { act, reason, atOnce, maxPowerPercent, mayJail, rows });
  },
});
