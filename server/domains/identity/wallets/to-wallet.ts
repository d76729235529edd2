import type { Wallet } from "../schemas";
import type { WalletRow } from "./repository";

/** A wallet as its owner sees it. */
export const toWallet = (row: WalletRow, isTest: boolean): Wallet => ({
  id: row.id,
  address: row.address,
  isTest,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt.toISOString(),
});
