import type { CommandCtx } from "@/server/kernel/context";
import { identityDomain } from "../domain";
import { makeOrganization } from "../organizations/create-organization";
import { listOrganizationsOf } from "../organizations/repository";
import type { ProvenWallet } from "../wallets/prove-wallet";
import { findWalletByAddress, insertWallet, lockAddress, markTestWallet, markWalletUsed } from "../wallets/repository";
import { insertUser } from "./repository";

/** `omni1qqqq…zzzz`, as long as a person can compare at a glance. */
const shortAddress = (address: string): string => `${address.slice(0, 10)}…${address.slice(-6)}`;

const createPersonalOrganization = async (ctx: CommandCtx<string | null>, userId: string, address: string) =>
  (await makeOrganization(ctx, { name: shortAddress(address), kind: "personal", ownerUserId: userId })).id;

/** The person behind a proven wallet; one never seen before makes the person and their own organisation. */
export async function findOrCreateUser(
  ctx: CommandCtx<string | null>,
  proven: ProvenWallet,
): Promise<{ userId: string; organizationId: string; isNew: boolean }> {
  await lockAddress(ctx.tx, proven.address);
  if (proven.isTest) await markTestWallet(ctx.tx, proven.address, ctx.now);
  const wallet = await findWalletByAddress(ctx.tx, proven.address);
  if (wallet) {
    await markWalletUsed(ctx.tx, wallet.id, ctx.now);
    const [first] = await listOrganizationsOf(ctx.tx, wallet.userId);
    // Who handed their own organisation over and left it gets a new one.
    const organizationId = first?.id ?? (await createPersonalOrganization(ctx, wallet.userId, proven.address));
    return { userId: wallet.userId, organizationId, isNew: false };
  }
  const [userId, walletId] = [identityDomain.newId("user"), identityDomain.newId("wallet")];
  await insertUser(ctx.tx, { id: userId, displayName: shortAddress(proven.address) });
  const organizationId = await createPersonalOrganization(ctx, userId, proven.address);
  await insertWallet(ctx.tx, {
    id: walletId,
    userId,
    address: proven.address,
    pubkeyBase64: proven.pubkeyBase64,
    createdAt: ctx.now,
    lastUsedAt: ctx.now,
  });
  ctx.audit({
    action: "identity.user.created",
    targetType: "user",
    targetId: userId,
    organizationId,
    details: { walletId, walletAddress: proven.address, isTest: proven.isTest },
  });
  return { userId, organizationId, isNew: true };
}
