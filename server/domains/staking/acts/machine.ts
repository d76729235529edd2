import { stakingActs } from "@/db/schema/staking";
import { machine } from "@/server/kernel/machine";
import { ACT_MOVES } from "../states";

/** An act from its document to the chain's word; each move is audited under the state that it leads to. */
export const actMachine = machine({
  table: stakingActs,
  column: "status",
  reasonColumn: "statusReason",
  movedAtColumn: "updatedAt",
  moves: ACT_MOVES,
  refusal: { code: "staking.invalid_transition", subject: "The transaction" },
  audit: ({ from, to, reason, row }) => ({
    action: `staking.act.${to}`,
    targetType: "act",
    targetId: row.id,
    organizationId: row.organizationId,
    details: { from, to, reason, kind: row.kind, signerAddress: row.signerAddress, txHash: row.txHash },
  }),
});
