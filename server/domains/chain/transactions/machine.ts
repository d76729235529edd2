import { chainTransactions } from "@/db/schema/chain";
import { machine } from "@/server/kernel/machine";
import { TRANSACTION_MOVES } from "../states";

/** A transaction from its document to its block. */
export const transactionMachine = machine({
  table: chainTransactions,
  column: "status",
  reasonColumn: "statusReason",
  moves: TRANSACTION_MOVES,
  refusal: { code: "chain.invalid_transaction_transition", subject: "The transaction" },
  audit: ({ from, to, reason, row }) => ({
    action: `chain.transaction.${to}`,
    targetType: "transaction",
    targetId: row.id,
    organizationId: row.organizationId,
    details: {
      from,
      to,
      reason,
      subject: `${row.subjectKind}:${row.subjectId}`,
      fingerprint: row.fingerprint,
      txHash: row.txHash,
      code: row.code,
      codespace: row.codespace,
    },
  }),
});
