import "server-only";
import { functionsOf } from "@/inngest/from-work";
import { domains } from "@/server/domains/domains";
import { sweepTransactions } from "./chain/sweep-transactions";
import { anchorAudit } from "./identity/anchor-audit";
import { pruneExpiredRows } from "./identity/prune-expired-rows";
import { beatJobs } from "./system/beat-jobs";
import { sweepHostOrphans, sweepValidators } from "./validators/sweep-validators";

/** Every durable function of the product, as the job engine is told of them. */
export const functions = [
  beatJobs,
  anchorAudit,
  pruneExpiredRows,
  sweepTransactions,
  sweepValidators,
  sweepHostOrphans,
  ...domains.flatMap(({ work }) => functionsOf(work)),
];
