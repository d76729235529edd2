import postgres from "postgres";
import { cancelRun, engineStatus, getRun, listFunctionIds, listRuns, retryRun } from "@/inngest/engine/operator";
import { isDatabaseUnavailable } from "@/server/kernel/database-errors";
import { invalidState, notFound, timedOut, upstreamUnavailable } from "@/server/kernel/errors";
import type { CallOptions } from "@/server/ports/call-options";
import type { JobRuns } from "@/server/ports/job-runs";
import { withDeadline } from "@/server/ports/with-deadline";
import { toEngineStatus, toJobRun, toJobRunDetail } from "./transform";

const DEADLINE_MS = 10_000;
const POOL_SIZE = 2;
const IDLE_SECONDS = 30;
/** undefined_table and invalid_schema_name: no engine has ever run on this database (PostgreSQL, appendix A). */
const NEVER_STARTED = new Set(["42P01", "3F000"]);

const unreachable = (cause?: unknown) =>
  upstreamUnavailable(
    "jobs.engine_unreachable",
    "The database that holds the job runs does not answer. Runs go on by themselves once it does; try again in a few seconds.",
    { cause },
  );
const runNotFound = (runId: string) =>
  notFound("jobs.run_not_found", "There is no such job run; ended runs are kept for a limited time.", {
    details: { runId },
  });
const functionGone = (runId: string) =>
  invalidState(
    "jobs.function_gone",
    "The portal has no function of this run's name any more, so nothing can run it again. Start the work anew where it is shown.",
    { details: { runId } },
  );

/** Reads and steers the runs of the embedded engine through its tables; the engine itself need not be running. Opens its pool on the first call. */
export function createEmbeddedJobRuns(config: { readonly databaseUrl: string }): JobRuns {
  let opened: postgres.Sql | undefined;
  const pool = (): postgres.Sql => {
    opened ??= postgres(config.databaseUrl, {
      max: POOL_SIZE,
      idle_timeout: IDLE_SECONDS,
      connect_timeout: 5,
      // Seconds; the driver's own grows to twenty, which would outlast the outage.
      backoff: (tries: number) => Math.min(0.1 * tries, 1),
      connection: { application_name: "omniphi-job-runs", TimeZone: "UTC" },
      onnotice: () => undefined,
    });
    return opened;
  };
  const ask = <T>(
    options: CallOptions | undefined,
    work: (sql: postgres.Sql) => Promise<T>,
    withoutEngine: () => T,
  ): Promise<T> =>
    withDeadline(
      {
        options,
        defaultMs: DEADLINE_MS,
        onTimeout: () => timedOut("jobs.engine_timeout", "The job runs could not be read in time. Try again."),
        onAbort: () => unreachable(),
      },
      async () => {
        try {
          return await work(pool());
        } catch (thrown) {
          if (thrown instanceof postgres.PostgresError && NEVER_STARTED.has(thrown.code)) return withoutEngine();
          throw isDatabaseUnavailable(thrown) ? unreachable(thrown) : thrown;
        }
      },
    );
  return {
    dashboardUrl: null,
    status: async (options) => {
      const status = await ask(options, engineStatus, () => undefined);
      const functionIds = await ask(options, listFunctionIds, () => []);
      return toEngineStatus(status, functionIds);
    },
    list: async ({ limit, functionId, status, hidesRoutine, cursor }, options) => {
      const page = await ask(
        options,
        (sql) =>
          listRuns(sql, {
            limit,
            hidesRoutine,
            ...(functionId === undefined ? {} : { functionId }),
            ...(status === undefined ? {} : { status }),
            ...(cursor === undefined ? {} : { cursor }),
          }),
        () => ({ runs: [], nextCursor: null, hiddenCount: 0 }),
      );
      return { items: page.runs.map(toJobRun), nextCursor: page.nextCursor, hiddenCount: page.hiddenCount };
    },
    get: async (runId, options) => {
      const run = await ask(
        options,
        (sql) => getRun(sql, runId),
        () => undefined,
      );
      if (run === undefined) throw runNotFound(runId);
      return toJobRunDetail(run);
    },
    cancel: (runId, reason, options) =>
      ask(
        options,
        (sql) => cancelRun(sql, runId, reason),
        () => false,
      ),
    retry: async (runId, options) => {
      const answer = await ask(
        options,
        (sql) => retryRun(sql, runId),
        () => undefined,
      );
      if (answer?.kind === "function_gone") throw functionGone(runId);
      return answer?.kind === "asked" ? { runId: answer.runId, isNew: answer.isNew } : null;
    },
  };
}
