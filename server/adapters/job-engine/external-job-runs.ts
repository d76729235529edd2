import { upstreamRejected } from "@/server/kernel/errors";
import type { JobRuns } from "@/server/ports/job-runs";

/** A job server of its own runs the functions; it shows and steers its runs in its own dashboard, and we hold no copy of them. */
export function createExternalJobRuns(config: { readonly dashboardUrl: string }): JobRuns {
  const refuse = () =>
    Promise.reject(
      upstreamRejected(
        "jobs.run_elsewhere",
        `A separate job server runs the jobs; its own dashboard at ${config.dashboardUrl} shows and steers them.`,
      ),
    );
  return {
    dashboardUrl: config.dashboardUrl,
    status: refuse,
    list: refuse,
    get: refuse,
    cancel: refuse,
    retry: refuse,
  };
}
