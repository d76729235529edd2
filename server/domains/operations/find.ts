import { isAppError } from "@/server/kernel/errors";
import { FindInput, type FoundItem, FoundList, MAX_FOUND } from "@/server/kernel/find";
import { defineEffect } from "@/server/kernel/verbs";
import type { JobRun } from "@/server/ports/job-runs";
import type { JobPorts } from "./list-job-runs";
import { JobRunId } from "./schemas";

/** So many of the newest runs are looked through for a function's name. */
const NEWEST_RUNS = 100;
/** A run's id is a ULID; fewer characters are a word. */
const RUN_ID_LENGTH = 26;

const runItem = (run: JobRun): FoundItem => ({
  id: run.id,
  kind: "run",
  title: run.functionName,
  detail: `${run.status}, queued ${run.queuedAt.slice(0, 19).replace("T", " ")} UTC`,
  href: `/admin/job-runs/${run.id}`,
  acts: [],
  copies: [{ label: "Copy run id", value: run.id }],
});

async function runById({ jobRuns }: JobPorts, runId: string): Promise<readonly JobRun[]> {
  try {
    return [await jobRuns.get(runId)];
  } catch (thrown) {
    if (isAppError(thrown) && thrown.kind === "not_found") return [];
    throw thrown;
  }
}

/** Runs by their id, or the newest ones of functions with that name; none where a job server of its own has the runs. */
export const find = defineEffect<JobPorts>()({
  verb: "operations.find",
  scope: "platform:read",
  tenancy: "platform",
  input: FindInput,
  output: FoundList,
  run: async (ctx, { words }): Promise<FoundList> => {
    if (ctx.ports.jobRuns.dashboardUrl !== null) return { items: [] };
    if (words.length === RUN_ID_LENGTH && JobRunId.safeParse(words).success) {
      return { items: (await runById(ctx.ports, words)).map(runItem) };
    }
    const { items } = await ctx.ports.jobRuns.list({ hidesRoutine: true, limit: NEWEST_RUNS });
    const wanted = words.toLowerCase();
    const named = items.filter(
      ({ functionName, functionId }) =>
        functionName.toLowerCase().includes(wanted) || functionId.toLowerCase().includes(wanted),
    );
    return { items: named.slice(0, MAX_FOUND).map(runItem) };
  },
});
