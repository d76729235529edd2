import "server-only";
import { download, publish, publishAll } from "@/server/kernel/publish";
import { readAuditHeads } from "./audit/anchor-audit-heads";
import { AUDIT_EXPORT_EXAMPLE, exportAudit } from "./audit/export-audit";
import { listAudit, listPlatformAudit } from "./audit/list-audit";
import { verifyAuditChain, verifyOwnAudit } from "./audit/verify-audit-chain";
import { MAX_EXPORTED_AUDIT_ROWS } from "./constants";
import { createApiToken } from "./credentials/create-api-token";
import { listApiTokens } from "./credentials/list-api-tokens";
import { listSessions } from "./credentials/list-sessions";
import { refreshSession } from "./credentials/refresh-session";
import { revokeApiToken } from "./credentials/revoke-api-token";
import { revokeOtherSessions, revokeSession, signOut } from "./credentials/revoke-session";
import { openTokens } from "./credentials/sign-in";
import { switchOrganization } from "./credentials/switch-organization";
import { acceptInvitation, declineInvitation, revokeInvitation } from "./organizations/answer-invitation";
import { changeMemberRole } from "./organizations/change-member-role";
import { createOrganization } from "./organizations/create-organization";
import { inviteMember } from "./organizations/invite-member";
import { listAttention } from "./organizations/list-attention";
import { listInvitations, listMyInvitations } from "./organizations/list-invitations";
import { listMembers } from "./organizations/list-members";
import { listOrganizations } from "./organizations/list-organizations";
import { leaveOrganization, removeMember } from "./organizations/remove-member";
import { updateOrganization } from "./organizations/update-organization";
import { grantPlatformRole } from "./people/grant-platform-role";
import { setTour } from "./people/set-tour";
import { updateProfile } from "./people/update-profile";
import { ExportAuditInput } from "./schemas";
import { linkWallet, unlinkWallet } from "./wallets/link-wallet";
import { listWallets } from "./wallets/list-wallets";

/** The person, their sessions and wallets, and the organisation's people and tokens. */
export const published = publishAll("identity", "Sign-in and tokens", [
  publish(openTokens, {
    rest: "POST /auth/token",
    operationId: "createToken",
    rateLimit: "auth",
    limitBy: "walletAddress",
    summary: "Signs in with a signed statement (ADR-036) and gives tokens",
  }),
  publish(refreshSession, {
    rest: "POST /auth/token/refresh",
    operationId: "refreshToken",
    rateLimit: "auth",
    summary: "New tokens for a refresh token, which is good once; a second use ends the session",
  }),
  publish(signOut, {
    rest: "DELETE /auth/session",
    trpc: "signOut",
    operationId: "deleteSession",
    status: 204,
    endsSession: true,
    summary: "Signs out: the session's tokens stop with the next request",
  }),
  publish(updateProfile, { trpc: "updateProfile", summary: "Changes the caller's own display name" }),
  publish(setTour, { trpc: "setTour", summary: "Opens or leaves the first-run tour" }),
  publish(listSessions, { trpc: "listSessions", summary: "The caller's own live sessions" }),
  publish(revokeSession, { trpc: "revokeSession", summary: "Ends one of the caller's own sessions" }),
  publish(revokeOtherSessions, { trpc: "revokeOtherSessions", summary: "Ends all of the caller's other sessions" }),
  publish(listWallets, { trpc: "listWallets", summary: "The caller's own wallets" }),
  publish(linkWallet, { trpc: "linkWallet", rateLimit: "auth", summary: "Adds a wallet to the caller" }),
  publish(unlinkWallet, { trpc: "unlinkWallet", summary: "Takes a wallet from the caller" }),
  publish(listOrganizations, { trpc: "listOrganizations", summary: "The caller's organisations" }),
  publish(createOrganization, { trpc: "createOrganization", summary: "Makes a team organisation" }),
  publish(switchOrganization, { trpc: "switchOrganization", summary: "Moves the session to another organisation" }),
  publish(updateOrganization, { trpc: "updateOrganization", summary: "Renames the organisation" }),
  publish(listMembers, { trpc: "listMembers", summary: "The organisation's members in the order of joining" }),
  publish(changeMemberRole, { trpc: "changeMemberRole", summary: "Gives a member another role" }),
  publish(removeMember, { trpc: "removeMember", summary: "Removes a member" }),
  publish(leaveOrganization, { trpc: "leaveOrganization", summary: "Leaves the organisation" }),
  publish(inviteMember, { trpc: "inviteMember", summary: "Invites the owner of a wallet" }),
  publish(listInvitations, { trpc: "listInvitations", summary: "Open invitations of the organisation" }),
  publish(revokeInvitation, { trpc: "revokeInvitation", summary: "Takes an invitation back" }),
  publish(listMyInvitations, { trpc: "listMyInvitations", summary: "Open invitations to the caller" }),
  publish(acceptInvitation, { trpc: "acceptInvitation", summary: "Joins the organisation that invited the caller" }),
  publish(declineInvitation, { trpc: "declineInvitation", summary: "Turns an invitation down" }),
  publish(listApiTokens, {
    rest: "GET /api-tokens",
    trpc: "listApiTokens",
    summary: "The organisation's API tokens, newest first",
  }),
  publish(createApiToken, {
    rest: "POST /api-tokens",
    trpc: "createApiToken",
    status: 201,
    summary: "Makes an API token; the token itself is in this answer alone",
  }),
  publish(revokeApiToken, {
    rest: "DELETE /api-tokens/{apiTokenId}",
    trpc: "revokeApiToken",
    summary: "Revokes an API token; the next request with it is refused",
  }),
  publish(listAttention, { trpc: "listAttention", summary: "What of people and tokens needs somebody now" }),
  publish(listAudit, { trpc: "listAudit", summary: "The organisation's audit log, newest first" }),
  download(listAudit, {
    rest: "GET /audit/export",
    operationId: "exportAudit",
    summary: `The organisation's audit log as a CSV file, newest first, at most ${MAX_EXPORTED_AUDIT_ROWS} rows`,
    input: ExportAuditInput,
    contentType: "text/csv",
    fileName: (at) => `audit-log-${at.toISOString().slice(0, 10)}.csv`,
    example: AUDIT_EXPORT_EXAMPLE,
    open: exportAudit,
  }),
  publish(verifyOwnAudit, { trpc: "verifyOwnAudit", summary: "Recomputes the organisation's audit chain" }),
  publish(readAuditHeads, { trpc: "readAuditHeads", summary: "Heads of all audit chains" }),
  publish(listPlatformAudit, {
    rest: ["GET /admin/audit", "GET /audit"],
    trpc: "listPlatformAudit",
    summary: "The audit log of one chain or of all, newest first",
  }),
  publish(verifyAuditChain, {
    rest: ["POST /admin/audit/verify", "POST /audit/verify"],
    trpc: "verifyAuditChain",
    summary: "Recomputes an audit chain from its first row and names the first one that contradicts it",
  }),
  publish(grantPlatformRole, { trpc: "grantPlatformRole", summary: "Gives a person a platform role" }),
]);
