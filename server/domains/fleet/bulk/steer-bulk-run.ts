import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { MAX_ROWS } from "../constants";
import { bulkRunNotFound } from "../errors";
import { bulkRunRequested } from "../events";
import { bulkRowMachine, bulkRunMachine } from "../machines";
import { listRowsOf, lockRun, type RunRow, raiseGeneration } from "../repository";
import { BulkRunRef } from "../schemas";

async function lockKnownRun(ctx: CommandCtx<string | null>, bulkRunId: string): Promise<RunRow> {
  const run = await lockRun(ctx.tx, bulkRunId);
  if (!run) throw bulkRunNotFound(bulkRunId);
  return run;
}

/** Has the work look at the run anew, whoever was at it. */
async function wake(ctx: CommandCtx<string | null>, { id: bulkRunId, generation }: RunRow): Promise<void> {
  await raiseGeneration(ctx.tx, bulkRunId, generation + 1);
  await ctx.emit(bulkRunRequested, { bulkRunId, generation: generation + 1 });
}

/** Asks no further node; those that are being worked on come to their end. @throws not_found fleet.bulk_run_not_found, invalid_state fleet.invalid_run_transition */
export const pauseBulkRun = defineCommand({
  verb: "fleet.pause-bulk-run",
  scope: "platform:write",
  tenancy: "platform",
  input: BulkRunRef,
  output: BulkRunRef,
  run: async (ctx, input) => {
    const run = await lockKnownRun(ctx, input.bulkRunId);
    await move(ctx, bulkRunMachine, run, "paused");
    return input;
  },
});

/** Goes on where it paused. @throws not_found fleet.bulk_run_not_found, invalid_state fleet.invalid_run_transition */
export const resumeBulkRun = defineCommand({
  verb: "fleet.resume-bulk-run",
  scope: "platform:write",
  tenancy: "platform",
  input: BulkRunRef,
  output: BulkRunRef,
  run: async (ctx, input) => {
    const run = await lockKnownRun(ctx, input.bulkRunId);
    await move(ctx, bulkRunMachine, run, "running");
    await wake(ctx, run);
    return input;
  },
});

/** Leaves every node alone that was not asked yet. @throws not_found fleet.bulk_run_not_found, invalid_state fleet.invalid_run_transition */
export const cancelBulkRun = defineCommand({
  verb: "fleet.cancel-bulk-run",
  scope: "platform:write",
  tenancy: "platform",
  input: BulkRunRef,
  output: BulkRunRef,
  run: async (ctx, input) => {
    const run = await lockKnownRun(ctx, input.bulkRunId);
    await move(ctx, bulkRunMachine, run, "cancelling");
    for (const row of await listRowsOf(ctx.tx, run.id, { statuses: ["waiting"], limit: MAX_ROWS })) {
      const patch = { sentence: "The run was cancelled before its turn.", endedAt: ctx.now };
      await move(ctx, bulkRowMachine, row, "cancelled", { patch });
    }
    await wake(ctx, run);
    return input;
  },
});
