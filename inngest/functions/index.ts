import "server-only";
import { functionOfCron } from "@/inngest/from-cron";
import { functionsOf } from "@/inngest/from-work";
import { domains } from "@/server/domains/domains";
import { beatJobs } from "./system/beat-jobs";

/** Every durable function of the product, as the job engine is told of them: the platform's own, and what the domains declare. */
export const functions = [
  beatJobs,
  ...domains.flatMap(({ crons }) => crons.map(functionOfCron)),
  ...domains.flatMap(({ work }) => functionsOf(work)),
];
