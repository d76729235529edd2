import "server-only";
import { publish, publishAll } from "@/server/kernel/publish";
import { find } from "./find";
import { getStatus } from "./get-status";
import { getJobEngine, getJobRun, listJobRuns } from "./list-job-runs";
import { cancelJobRun, retryJobRun } from "./steer-job-run";

/** The machinery itself, for operators: runs of durable functions. */
export const published = publishAll("operations", "Operations", [
  publish(getStatus, {
    rest: "GET /status",
    trpc: "getStatus",
    summary: "Every part of the installation: how it is now, and its last 90 days",
  }),
  publish(getJobEngine, { trpc: "getJobEngine", reads: true, summary: "Where runs are seen, and how the engine does" }),
  publish(find, { trpc: "find", reads: true, summary: "Runs of durable functions by id or by the function's name" }),
  publish(listJobRuns, { trpc: "listJobRuns", reads: true, summary: "Runs of durable functions, newest first" }),
  publish(getJobRun, { trpc: "getJobRun", reads: true, summary: "One run with its steps, calls and errors" }),
  publish(cancelJobRun, { trpc: "cancelJobRun", summary: "Ends a queued or running run" }),
  publish(retryJobRun, { trpc: "retryJobRun", summary: "Runs the event of an ended run again, as a new run" }),
]);
