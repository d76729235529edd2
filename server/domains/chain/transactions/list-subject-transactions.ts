import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { TransactionSubject } from "../schemas";
import { listTransactionsOf, type TransactionRow } from "./repository";

/** What was prepared, signed and answered for a subject of the organisation, newest first. Asked by the subject's own domain. */
export const listSubjectTransactions = defineQuery({
  verb: "chain.list-subject-transactions",
  scope: "chain:read",
  tenancy: "organization",
  input: z.strictObject({ subject: TransactionSubject }),
  run: (ctx, { subject }): Promise<TransactionRow[]> => listTransactionsOf(ctx.db, ctx.organizationId, subject),
});

/** The same for our own jobs, whoever's it is. */
export const listAnySubjectTransactions = defineQuery({
  verb: "chain.list-any-subject-transactions",
  scope: "platform:read",
  tenancy: "platform",
  input: z.strictObject({ subject: TransactionSubject }),
  run: (ctx, { subject }): Promise<TransactionRow[]> => listTransactionsOf(ctx.db, null, subject),
});
