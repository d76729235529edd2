import { z } from "zod";
import type { CommandCtx } from "@/server/kernel/context";
import { defineCommand } from "@/server/kernel/verbs";
import { identityDomain } from "./domain";
import { makeOrganization } from "./make-organization";
import {
  findWalletByAddress,
  insertRefreshToken,
  insertSession,
  insertUser,
  insertWallet,
  listOrganizationsOf,
  lockAddress,
  markTestWallet,
  markWalletUsed,
} from "./repository";

const OpenSessionInput = z.strictObject({
  address: z.string(),
  pubkeyBase64: z.string(),
  isTest: z.boolean(),
  kind: z.enum(["browser", "api"]),
  tokenHash: z.string(),
  tokenTtlSeconds: z.number().int(),
  sessionTtlSeconds: z.number().int(),
  refreshTokenHash: z.string().nullable(),
});

/** `omni1qqqq…zzzz`, as long as a person can compare at a glance. */
const shortAddress = (address: string): string => `${address.slice(0, 10)}…${address.slice(-6)}`;

const createPersonalOrganization = async (ctx: CommandCtx<string | null>, userId: string, address: string) =>
  (await makeOrganization(ctx, { name: shortAddress(address), kind: "personal", ownerUserId: userId })).id;

/** The person behind the wallet; a wallet never seen before makes the person and their own organisation. */
async function findOrCreateUser(
  ctx: CommandCtx<string | null>,
  input: { address: string; pubkeyBase64: string; isTest: boolean },
): Promise<{ userId: string; organizationId: string; isNew: boolean }> {
  await lockAddress(ctx.tx, input.address);
  if (input.isTest) await markTestWallet(ctx.tx, input.address, ctx.now);
  const wallet = await findWalletByAddress(ctx.tx, input.address);
  if (wallet) {
    await markWalletUsed(ctx.tx, wallet.id, ctx.now);
    const [first] = await listOrganizationsOf(ctx.tx, wallet.userId);
    // Who handed their own organisation over and left it gets a new one.
    const organizationId = first?.id ?? (await createPersonalOrganization(ctx, wallet.userId, input.address));
    return { userId: wallet.userId, organizationId, isNew: false };
  }
  const [userId, walletId] = [identityDomain.newId("user"), identityDomain.newId("wallet")];
  await insertUser(ctx.tx, { id: userId, displayName: shortAddress(input.address) });
  const organizationId = await createPersonalOrganization(ctx, userId, input.address);
  await insertWallet(ctx.tx, {
    id: walletId,
    userId,
    address: input.address,
    pubkeyBase64: input.pubkeyBase64,
    createdAt: ctx.now,
    lastUsedAt: ctx.now,
  });
  ctx.audit({
    action: "identity.user.created",
    targetType: "user",
    targetId: userId,
    organizationId,
    details: { walletId, walletAddress: input.address, isTest: input.isTest },
  });
  return { userId, organizationId, isNew: true };
}

/**
 * Opens a session for a wallet that has been proven. Kept inside the domain: only the sign-in flow may call it, after the proof.
 */
export const openSession = defineCommand({
  verb: "identity.open-session",
  scope: null,
  because: "sign-in",
  tenancy: "platform",
  input: OpenSessionInput,
  run: async (ctx, input) => {
    const { userId, organizationId, isNew } = await findOrCreateUser(ctx, input);
    const sessionId = identityDomain.newId("session");
    const after = (seconds: number) => new Date(ctx.now.getTime() + seconds * 1000);
    const expiresAt = after(input.sessionTtlSeconds);
    await insertSession(ctx.tx, {
      id: sessionId,
      userId,
      organizationId,
      walletAddress: input.address,
      kind: input.kind,
      tokenHash: input.tokenHash,
      tokenExpiresAt: after(input.tokenTtlSeconds),
      expiresAt,
      createdAt: ctx.now,
      lastSeenAt: ctx.now,
      ipAddress: ctx.origin.ipAddress,
      userAgent: ctx.origin.userAgent?.slice(0, 300) ?? null,
    });
    if (input.refreshTokenHash !== null) {
      await insertRefreshToken(ctx.tx, {
        tokenHash: input.refreshTokenHash,
        sessionId,
        createdAt: ctx.now,
        expiresAt,
      });
    }
    ctx.audit({
      action: "identity.session.created",
      targetType: "session",
      targetId: sessionId,
      organizationId,
      details: { userId, kind: input.kind, walletAddress: input.address },
    });
    return { sessionId, userId, organizationId, isNew, expiresAt: expiresAt.toISOString() };
  },
});
