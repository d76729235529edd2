import type { CommandCtx } from "@/server/kernel/context";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import { jobRunActive, jobRunEnded } from "./errors";
import { getJobRun, type JobPorts } from "./list-job-runs";
import { CancelJobRunInput, JobRunRef, JobRunRepeat } from "./schemas";

type Ask = {
  readonly runId: string;
  readonly act: "cancel" | "retry";
  readonly functionId: string;
  readonly reason: string | null;
};

/** What an operator asked for is on record before it is done: a crash between the two leaves an ask without an act, never the reverse. */
const recordAsk = defineChange("operations.record-job-run-ask", async (ctx: CommandCtx<string | null>, ask: Ask) => {
  ctx.audit({
    action: `operations.job_run.${ask.act}_requested`,
    targetType: "job_run",
    targetId: ask.runId,
    organizationId: null,
    details: { functionId: ask.functionId, ...(ask.reason === null ? {} : { reason: ask.reason }) },
  });
});

/**
 * Ends a queued or running run. A step that executes now goes on to its end and its result is dropped.
 * @throws not_found jobs.run_not_found, invalid_state operations.job_run_ended
 */
export const cancelJobRun = defineFlow<JobPorts>()({
  verb: "operations.cancel-job-run",
  scope: "platform:write",
  tenancy: "platform",
  input: CancelJobRunInput,
  output: JobRunRef,
  run: async (ctx, input) => {
    const run = await getJobRun(ctx, { runId: input.runId });
    if (run.endedAt !== null) throw jobRunEnded(run.id, run.status);
    await recordAsk(ctx, { runId: run.id, act: "cancel", functionId: run.functionId, reason: input.reason });
    const isCancelled = await ctx.ports.jobRuns.cancel(input.runId, input.reason);
    if (!isCancelled) throw jobRunEnded(run.id, "while this was asked");
    return { runId: run.id };
  },
});

/**
 * Runs the event of an ended run again, as a new run from its first step, which exists once the engine took it up. Asked again before that run has
 * ended, answers with the same run and `isNew` false.
 * @throws not_found jobs.run_not_found, invalid_state operations.job_run_active or jobs.function_gone
 */
export const retryJobRun = defineFlow<JobPorts>()({
  verb: "operations.retry-job-run",
  scope: "platform:write",
  tenancy: "platform",
  input: JobRunRef,
  output: JobRunRepeat,
  run: async (ctx, input) => {
    const run = await getJobRun(ctx, input);
    if (run.endedAt === null) throw jobRunActive(run.id);
    await recordAsk(ctx, { runId: run.id, act: "retry", functionId: run.functionId, reason: null });
    const repeat = await ctx.ports.jobRuns.retry(input.runId);
    if (repeat === null) throw jobRunActive(run.id);
    return repeat;
  },
});
