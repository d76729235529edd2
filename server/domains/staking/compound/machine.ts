import { stakingCompoundRuns, stakingCompounds } from "@/db/schema/staking";
import { machine } from "@/server/kernel/machine";
import { COMPOUND_MOVES, COMPOUND_RUN_MOVES } from "../states";

/** Compounding of one wallet; each move is audited under the state that it leads to. */
export const compoundMachine = machine({
  table: stakingCompounds,
  column: "status",
  reasonColumn: "statusReason",
  movedAtColumn: "updatedAt",
  moves: COMPOUND_MOVES,
  refusal: { code: "staking.invalid_transition", subject: "Compounding" },
  audit: ({ from, to, reason, row }) => ({
    action: `staking.compound.${to}`,
    targetType: "compound",
    targetId: row.id,
    organizationId: row.organizationId,
    details: { from, to, reason, delegatorAddress: row.delegatorAddress, operatorAddress: row.operatorAddress },
  }),
});

/** One compounding, from its signed bytes to the chain's word. */
export const compoundRunMachine = machine({
  table: stakingCompoundRuns,
  column: "status",
  reasonColumn: "statusReason",
  movedAtColumn: "updatedAt",
  moves: COMPOUND_RUN_MOVES,
  refusal: { code: "staking.invalid_transition", subject: "The compounding" },
  audit: ({ from, to, reason, row }) => ({
    action: `staking.compound_run.${to}`,
    targetType: "compoundRun",
    targetId: row.id,
    organizationId: row.organizationId,
    details: { from, to, reason, compoundId: row.compoundId, txHash: row.txHash },
  }),
});
