import { defineCommand } from "@/server/kernel/verbs";
import { INVITATION_TTL_DAYS } from "../constants";
import { identityDomain } from "../domain";
import { alreadyMember } from "../errors";
import { requireUser } from "../people/require-user";
import { InvitationMade, InviteMemberInput } from "../schemas";
import { findWalletByAddress, lockAddress } from "../wallets/repository";
import { canonicalAddress } from "../wallets/wallet-address";
import { lockRightToGive } from "./owner-rules";
import { findMembership, upsertInvitation } from "./repository";

/**
 * Invites the owner of a wallet, who may never have been here; they accept after signing in. Inviting again renews role and term. Says nothing
 * of whether the address is known.
 * @throws invalid identity.wallet_address_invalid, conflict identity.already_member, forbidden auth.owner_required
 */
export const inviteMember = defineCommand({
  verb: "identity.invite-member",
  scope: "identity:admin",
  tenancy: "organization",
  input: InviteMemberInput,
  output: InvitationMade,
  run: async (ctx, input) => {
    const { userId } = requireUser(ctx.actor);
    const prefix = input.walletAddress.toLowerCase().split("1", 1)[0] ?? "";
    const walletAddress = canonicalAddress(input.walletAddress, prefix);
    await lockRightToGive(ctx, input.role);
    await lockAddress(ctx.tx, walletAddress);
    const wallet = await findWalletByAddress(ctx.tx, walletAddress);
    if (wallet && (await findMembership(ctx.tx, ctx.organizationId, wallet.userId))) throw alreadyMember();
    const row = await upsertInvitation(ctx.tx, {
      id: identityDomain.newId("invitation"),
      organizationId: ctx.organizationId,
      walletAddress,
      role: input.role,
      invitedByUserId: userId,
      createdAt: ctx.now,
      expiresAt: new Date(ctx.now.getTime() + INVITATION_TTL_DAYS * 86_400_000),
    });
    if (!row) throw new Error("an upsert returned no row");
    ctx.audit({
      action: "identity.invitation.created",
      targetType: "invitation",
      targetId: row.id,
      details: { walletAddress, role: input.role },
    });
    return { invitationId: row.id, walletAddress, role: row.role, expiresAt: row.expiresAt.toISOString() };
  },
});
