import type { InvitationRow } from "./repository";
import type { Invitation } from "./schemas";

/** An invitation as both sides see it. */
export const toInvitation = (row: { invitation: InvitationRow; organizationName: string }): Invitation => ({
  id: row.invitation.id,
  organizationId: row.invitation.organizationId,
  organizationName: row.organizationName,
  walletAddress: row.invitation.walletAddress,
  role: row.invitation.role,
  createdAt: row.invitation.createdAt.toISOString(),
  expiresAt: row.invitation.expiresAt.toISOString(),
});
