import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { listTransactionsOf, type TransactionRow } from "./repository";
import { TransactionSubject } from "./schemas";

/** What was prepared, signed and answered for a subject, newest first, whosever it is. Asked by the jobs of the subject's own domain. */
export const listAnySubjectTransactions = defineQuery({
  verb: "chain.list-any-subject-transactions",
  scope: "platform:read",
  tenancy: "platform",
  input: z.strictObject({ subject: TransactionSubject }),
  run: (ctx, { subject }): Promise<TransactionRow[]> => listTransactionsOf(ctx.db, null, subject),
});
