import { z } from "zod";
import { defineEffect } from "@/server/kernel/verbs";
import type { JobRuns } from "@/server/ports/job-runs";
import { JobEngine, JobRunDetail, JobRunPage, JobRunRef, ListJobRunsInput } from "./schemas";

export type JobPorts = { readonly jobRuns: JobRuns };

/**
 * Runs of durable functions, newest first. Scheduled runs that ended as they should are left out unless asked for; `hiddenCount` says how many.
 * @throws upstream_unavailable jobs.engine_unreachable, upstream_rejected jobs.run_elsewhere
 */
export const listJobRuns = defineEffect<JobPorts>()({
  verb: "operations.list-job-runs",
  scope: "platform:read",
  tenancy: "platform",
  input: ListJobRunsInput,
  output: JobRunPage,
  run: (ctx, { routine, ...query }) => ctx.ports.jobRuns.list({ ...query, hidesRoutine: routine === "hidden" }),
});

/** One run with its steps, calls and errors. @throws not_found jobs.run_not_found */
export const getJobRun = defineEffect<JobPorts>()({
  verb: "operations.get-job-run",
  scope: "platform:read",
  tenancy: "platform",
  input: JobRunRef,
  output: JobRunDetail,
  run: (ctx, input) => ctx.ports.jobRuns.get(input.runId),
});

/** Where runs are seen, and how the engine does; `engine` is null where a job server with its own dashboard runs them. */
export const getJobEngine = defineEffect<JobPorts>()({
  verb: "operations.get-job-engine",
  scope: "platform:read",
  tenancy: "platform",
  input: z.strictObject({}),
  output: JobEngine,
  run: async (ctx) => {
    const { dashboardUrl } = ctx.ports.jobRuns;
    return { dashboardUrl, engine: dashboardUrl === null ? await ctx.ports.jobRuns.status() : null };
  },
});
