import "server-only";
import { z } from "zod";
import { issueChallenge } from "@/server/auth/issue-challenge";
import {
  acceptInvitation,
  changeMemberRole,
  createApiToken,
  createOrganization,
  declineInvitation,
  describePrincipal,
  grantPlatformRole,
  inviteMember,
  leaveOrganization,
  linkWallet,
  listApiTokens,
  listInvitations,
  listMembers,
  listMyInvitations,
  listOrganizations,
  listSessions,
  listWallets,
  removeMember,
  revokeApiToken,
  revokeInvitation,
  revokeOtherSessions,
  revokeSession,
  signOut,
  switchOrganization,
  unlinkWallet,
  updateOrganization,
  updateProfile,
} from "@/server/domains/identity";
import { WalletAddressText } from "@/server/domains/identity/schemas";
import {
  adminProcedure,
  createRouter,
  mutationOf,
  organizationProcedure,
  publicProcedure,
  queryOf,
  signedInProcedure,
} from "../init";

/** The person, their sessions and wallets, and the organisation's people and tokens. */
export const identityRouter = createRouter({
  /** Null for nobody. */
  me: publicProcedure.query(({ ctx }) => (ctx.principal ? describePrincipal(ctx.principal) : null)),
  /** A statement for linking another wallet; sign-in asks REST for its own. */
  challenge: signedInProcedure
    .input(z.strictObject({ address: WalletAddressText, chainId: z.string().min(1).max(64).optional() }))
    .mutation(({ ctx, input }) => issueChallenge(ctx.service, { ...input, publicUrl: ctx.runtime.settings.publicUrl })),
  updateProfile: mutationOf(signedInProcedure, updateProfile),
  signOut: mutationOf(signedInProcedure, signOut),
  sessions: queryOf(signedInProcedure, listSessions),
  revokeSession: mutationOf(signedInProcedure, revokeSession),
  revokeOtherSessions: mutationOf(signedInProcedure, revokeOtherSessions),
  wallets: queryOf(signedInProcedure, listWallets),
  linkWallet: mutationOf(signedInProcedure, linkWallet),
  unlinkWallet: mutationOf(signedInProcedure, unlinkWallet),
  organizations: queryOf(signedInProcedure, listOrganizations),
  createOrganization: mutationOf(signedInProcedure, createOrganization),
  switchOrganization: mutationOf(signedInProcedure, switchOrganization),
  updateOrganization: mutationOf(organizationProcedure, updateOrganization),
  members: queryOf(organizationProcedure, listMembers),
  changeMemberRole: mutationOf(organizationProcedure, changeMemberRole),
  removeMember: mutationOf(organizationProcedure, removeMember),
  leaveOrganization: mutationOf(organizationProcedure, leaveOrganization),
  inviteMember: mutationOf(organizationProcedure, inviteMember),
  invitations: queryOf(organizationProcedure, listInvitations),
  revokeInvitation: mutationOf(organizationProcedure, revokeInvitation),
  myInvitations: queryOf(signedInProcedure, listMyInvitations),
  acceptInvitation: mutationOf(signedInProcedure, acceptInvitation),
  declineInvitation: mutationOf(signedInProcedure, declineInvitation),
  apiTokens: queryOf(organizationProcedure, listApiTokens),
  createApiToken: mutationOf(organizationProcedure, createApiToken),
  revokeApiToken: mutationOf(organizationProcedure, revokeApiToken),
  grantPlatformRole: mutationOf(adminProcedure, grantPlatformRole),
});
