import type { WalletRow } from "./repository";
import type { Wallet } from "./schemas";

/** A wallet as its owner sees it. */
export const toWallet = (row: WalletRow): Wallet => ({
  id: row.id,
  address: row.address,
  isTest: row.isTest,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt.toISOString(),
});
