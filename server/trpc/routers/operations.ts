import "server-only";
import { cancelJobRun, getJobEngine, getJobRun, listJobRuns, retryJobRun } from "@/server/domains/operations";
import { adminProcedure, createRouter, mutationOf, queryOf } from "../init";

/** The machinery itself, for operators: runs of durable functions. */
export const operationsRouter = createRouter({
  engine: queryOf(adminProcedure, getJobEngine),
  runs: queryOf(adminProcedure, listJobRuns),
  run: queryOf(adminProcedure, getJobRun),
  cancelRun: mutationOf(adminProcedure, cancelJobRun),
  retryRun: mutationOf(adminProcedure, retryJobRun),
});
