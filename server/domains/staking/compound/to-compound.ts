import { COMPOUND_ENDS, COMPOUND_WAITS } from "../constants";
import type { Compound, WalletCompound } from "../schemas";
import type { CompoundRow, CompoundRunRow } from "./repository";

const sentenceOf = (words: Readonly<Record<string, string>>, code: string | null): string | null =>
  code === null ? null : (words[code] ?? null);

/** A row as its organisation sees it. */
export const toCompound = (row: CompoundRow): Compound => ({
  id: row.id,
  status: row.status,
  statusReason: row.statusReason,
  statusSentence: sentenceOf(COMPOUND_ENDS, row.statusReason),
  operatorAddress: row.operatorAddress,
  granteeAddress: row.granteeAddress,
  lookedAt: row.lookedAt?.toISOString() ?? null,
  waitsFor: sentenceOf(COMPOUND_WAITS, row.waitsFor),
  nextLookAt: row.nextLookAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
});

export const toRun = (row: CompoundRunRow): WalletCompound["runs"][number] => ({
  id: row.id,
  status: row.status,
  amountBaseUnits: row.amountBaseUnits.toString(),
  feeBaseUnits: row.feeBaseUnits.toString(),
  txHash: row.txHash,
  heightBlocks: row.heightBlocks?.toString() ?? null,
  reason: row.reason,
  createdAt: row.createdAt.toISOString(),
});
