import "server-only";
import { sendTransaction } from "./chain/send-transaction";
import { sweepTransactions } from "./chain/sweep-transactions";
import { anchorAudit } from "./identity/anchor-audit";
import { pruneExpiredRows } from "./identity/prune-expired-rows";
import { beatJobs } from "./system/beat-jobs";
import { notePenalties } from "./validators/note-penalties";
import { operateNode } from "./validators/operate-node";
import { provisionValidator } from "./validators/provision-validator";
import { releaseSetup } from "./validators/release-setup";
import { settleTransaction } from "./validators/settle-transaction";
import { sweepHostOrphans, sweepValidators } from "./validators/sweep-validators";

/** Every durable function of the product, as the job engine is told of them. */
export const functions = [
  beatJobs,
  anchorAudit,
  pruneExpiredRows,
  provisionValidator,
  releaseSetup,
  operateNode,
  sendTransaction,
  settleTransaction,
  sweepTransactions,
  notePenalties,
  sweepValidators,
  sweepHostOrphans,
];
