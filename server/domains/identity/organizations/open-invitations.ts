import type { Executor } from "@/db/client";
import type { OrganizationRole } from "@/server/kernel/scopes";
import { listAddressesOf } from "../wallets/repository";
import { mayOffer } from "./owner-rules";
import { type InvitationRow, listInvitationRows, type WhichInvitations } from "./repository";

/** Whether the inviter, whose role of now is null when they are out, could still make it: accepting asks this, and so does every list. */
export const isAcceptable = (offer: {
  readonly invitation: Pick<InvitationRow, "role">;
  readonly inviterRole: OrganizationRole | null;
}): boolean => mayOffer(offer.inviterRole, offer.invitation.role);

/** Those to any wallet of the person. */
export const toWalletsOf = async (db: Executor, userId: string): Promise<WhichInvitations> => ({
  walletAddresses: (await listAddressesOf(db, [userId])).get(userId) ?? [],
});

/** Invitations that can be accepted now, newest first, at most 100. */
export const listOpenInvitations = async (db: Executor, which: WhichInvitations, now: Date) =>
  (await listInvitationRows(db, which, now)).filter(isAcceptable);
