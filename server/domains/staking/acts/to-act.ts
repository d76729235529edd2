import type { ActKind } from "../constants";
import type { Act } from "../schemas";
import type { ActRow } from "./repository";

/** A row as its organisation sees it. */
export const toAct = (row: ActRow): Act => ({
  id: row.id,
  // Only `prepareAct` writes it, with a kind of the closed list.
  kind: row.kind as ActKind,
  status: row.status,
  actor: row.actor,
  networkId: row.networkId,
  signerAddress: row.signerAddress,
  operatorAddress: row.operatorAddress,
  proposalId: row.proposalId?.toString() ?? null,
  amountBaseUnits: row.amountBaseUnits?.toString() ?? null,
  denom: row.denom,
  feeBaseUnits: row.feeBaseUnits.toString(),
  sentences: [...row.sentences],
  fingerprint: row.fingerprint,
  statusReason: row.statusReason,
  reason: row.reason,
  txHash: row.txHash,
  heightBlocks: row.heightBlocks?.toString() ?? null,
  createdAt: row.createdAt.toISOString(),
  submittedAt: row.submittedAt?.toISOString() ?? null,
  updatedAt: row.updatedAt.toISOString(),
});
