import type { CommandCtx } from "@/server/kernel/context";
import { defineChange, defineCommand, defineFlow } from "@/server/kernel/verbs";
import type { WalletVerifier } from "@/server/ports/wallet-verifier";
import { endSessions } from "../credentials/repository";
import { identityDomain } from "../domain";
import { lastWallet, walletNotFound, walletTaken } from "../errors";
import { lockUser } from "../people/repository";
import { requireUser } from "../people/require-user";
import { UnlinkWalletInput, Wallet, WalletProof } from "../schemas";
import { type ProvenWallet, proveWallet } from "./prove-wallet";
import {
  deleteWallet,
  findWalletByAddress,
  insertWallet,
  listTestAddresses,
  listWalletRows,
  lockAddress,
  markTestWallet,
} from "./repository";
import { toWallet } from "./to-wallet";

const recordLinkedWallet = defineChange(
  "identity.record-linked-wallet",
  async (ctx: CommandCtx<string | null>, input: ProvenWallet): Promise<Wallet> => {
    const { userId } = requireUser(ctx.actor);
    await lockAddress(ctx.tx, input.address);
    const existing = await findWalletByAddress(ctx.tx, input.address);
    if (existing && existing.userId !== userId) throw walletTaken();
    const row = existing ?? {
      id: identityDomain.newId("wallet"),
      userId,
      address: input.address,
      pubkeyBase64: input.pubkeyBase64,
      createdAt: ctx.now,
      lastUsedAt: ctx.now,
    };
    if (!existing) await insertWallet(ctx.tx, row);
    if (input.isTest) await markTestWallet(ctx.tx, input.address, ctx.now);
    const isTest = (await listTestAddresses(ctx.tx, [input.address])).has(input.address);
    ctx.audit({
      action: "identity.wallet.linked",
      targetType: "wallet",
      targetId: row.id,
      details: { userId, walletAddress: input.address, isNew: !existing, isTest },
    });
    return toWallet(row, isTest);
  },
);

/**
 * Adds a wallet to the caller, proven like a sign-in; one that is theirs already stays, and is marked when it is said to be a test wallet.
 * @throws unauthenticated auth.sign_in_refused, conflict identity.wallet_taken
 */
export const linkWallet = defineFlow<{ readonly walletVerifier: WalletVerifier }>()({
  verb: "identity.link-wallet",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: WalletProof,
  output: Wallet,
  run: async (ctx, input): Promise<Wallet> => {
    requireUser(ctx.actor);
    return recordLinkedWallet(ctx, await proveWallet(ctx, input));
  },
});

/** Takes a wallet from the caller; every session that was signed in with it ends, the asking one too. @throws not_found identity.wallet_not_found, invalid_state identity.last_wallet */
export const unlinkWallet = defineCommand({
  verb: "identity.unlink-wallet",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: UnlinkWalletInput,
  output: UnlinkWalletInput,
  run: async (ctx, input): Promise<{ walletId: string }> => {
    const { userId } = requireUser(ctx.actor);
    await lockUser(ctx.tx, userId);
    const own = await listWalletRows(ctx.tx, userId);
    const wallet = own.find((row) => row.id === input.walletId);
    if (!wallet) throw walletNotFound(input.walletId);
    if (own.length === 1) throw lastWallet();
    // Whoever signs in with it at this moment has their session before the lock, where it is ended, or finds the wallet gone after it.
    await lockAddress(ctx.tx, wallet.address);
    await deleteWallet(ctx.tx, wallet.id);
    const which = { userId, walletAddress: wallet.address };
    const ended = await endSessions(ctx.tx, which, "wallet_unlinked", ctx.now);
    ctx.audit({
      action: "identity.wallet.unlinked",
      targetType: "wallet",
      targetId: wallet.id,
      details: { userId, walletAddress: wallet.address, endedSessionIds: ended.map((session) => session.id) },
    });
    return { walletId: wallet.id };
  },
});
