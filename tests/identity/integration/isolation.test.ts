import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as identity from "@/server/domains/identity";
import { identityDomain } from "@/server/domains/identity/domain";
import type { ServiceCtx } from "@/server/kernel/context";
import { listVerbs } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createTestWallet } from "../../support/test-wallet";

let runtime: TestRuntime;
let owner: SignedInPerson;
let stranger: SignedInPerson;
let ids: { apiTokenId: string; invitationId: string; walletId: string };
beforeAll(async () => {
  runtime = await createTestRuntime();
  owner = await createPerson(runtime);
  stranger = await createPerson(runtime);
  const ctx = await owner.ctx();
  const { apiToken } = await identity.createApiToken(ctx, { name: "one", scopes: ["chain:read"] });
  const invited = await identity.inviteMember(ctx, {
    walletAddress: (await createTestWallet()).address,
    role: "viewer",
  });
  const friend = await createPerson(runtime);
  await identity.inviteMember(await friend.ctx(), { walletAddress: owner.wallet.address, role: "viewer" });
  const { items } = await identity.listWallets(ctx, {});
  ids = { apiTokenId: apiToken.id, invitationId: invited.invitationId, walletId: items[0]?.id ?? "" };
});
afterAll(() => runtime.close());

type Call = (ctx: ServiceCtx<Ports>) => Promise<unknown>;

/** Every verb that takes an id, called with the owner's ids; a verb without an id is in `WITHOUT_IDS` below. */
const WITH_IDS: Record<string, Call> = {
  "identity.accept-invitation": (ctx) => identity.acceptInvitation(ctx, { invitationId: ids.invitationId }),
  "identity.decline-invitation": (ctx) => identity.declineInvitation(ctx, { invitationId: ids.invitationId }),
  "identity.revoke-invitation": (ctx) => identity.revokeInvitation(ctx, { invitationId: ids.invitationId }),
  "identity.change-member-role": (ctx) => identity.changeMemberRole(ctx, { userId: owner.userId, role: "viewer" }),
  "identity.remove-member": (ctx) => identity.removeMember(ctx, { userId: owner.userId }),
  "identity.revoke-api-token": (ctx) => identity.revokeApiToken(ctx, { apiTokenId: ids.apiTokenId }),
  "identity.revoke-session": (ctx) => identity.revokeSession(ctx, { sessionId: owner.sessionId }),
  "identity.switch-organization": (ctx) => identity.switchOrganization(ctx, { organizationId: owner.organizationId }),
  "identity.unlink-wallet": (ctx) => identity.unlinkWallet(ctx, { walletId: ids.walletId }),
};

/** Lists: what the stranger sees has none of the owner's ids in it. */
const LISTS: Record<string, Call> = {
  "identity.list-api-tokens": (ctx) => identity.listApiTokens(ctx, {}),
  "identity.list-attention": (ctx) => identity.listAttention(ctx, {}),
  "identity.list-audit": (ctx) => identity.listAudit(ctx, { limit: 100 }),
  "identity.list-invitations": (ctx) => identity.listInvitations(ctx, {}),
  "identity.list-members": (ctx) => identity.listMembers(ctx, {}),
  "identity.list-my-invitations": (ctx) => identity.listMyInvitations(ctx, {}),
  "identity.list-organizations": (ctx) => identity.listOrganizations(ctx, {}),
  "identity.list-sessions": (ctx) => identity.listSessions(ctx, {}),
  "identity.list-wallets": (ctx) => identity.listWallets(ctx, {}),
  "identity.verify-own-audit": (ctx) => identity.verifyOwnAudit(ctx, {}),
};

/** Act on the caller's own organisation or person alone, or on nobody's; nothing of another tenant can be named in their input. */
const WITHOUT_IDS = [
  "identity.create-api-token",
  "identity.create-organization",
  "identity.invite-member",
  "identity.is-own-wallet",
  "identity.is-test-wallet",
  "identity.issue-login-nonce",
  "identity.leave-organization",
  "identity.link-wallet",
  "identity.open-tokens",
  "identity.record-refused-access",
  "identity.refresh-session",
  "identity.resolve-api-token",
  "identity.resolve-session",
  "identity.revoke-other-sessions",
  "identity.set-tour",
  "identity.sign-in",
  "identity.sign-out",
  "identity.touch-credential",
  "identity.update-organization",
  "identity.update-profile",
];

/** Reach across organisations, and so ask for a platform scope. */
const PLATFORM = [
  "identity.anchor-audit-heads",
  "identity.grant-platform-role",
  "identity.list-platform-audit",
  "identity.prune-expired",
  "identity.read-audit-heads",
  "identity.verify-audit-chain",
];

describe("another organisation's things", () => {
  it("are asked for through every verb of the domain in this file", () => {
    const covered = [...Object.keys(WITH_IDS), ...Object.keys(LISTS), ...WITHOUT_IDS, ...PLATFORM].sort();
    const defined = listVerbs()
      .map((facts) => facts.verb)
      .filter((verb) => verb.startsWith("identity."))
      .sort();
    expect(covered).toEqual(defined);
  });

  it.each(Object.keys(WITH_IDS))("are not found by %s, just as if there were none", async (verb) => {
    const call = WITH_IDS[verb];
    await expect(call?.(await stranger.ctx())).rejects.toMatchObject({ kind: "not_found" });
  });

  it.each(Object.keys(LISTS))("are not in %s", async (verb) => {
    const seen = JSON.stringify(await LISTS[verb]?.(await stranger.ctx()));
    for (const id of [
      owner.userId,
      owner.organizationId,
      owner.sessionId,
      owner.wallet.address,
      ...Object.values(ids),
    ]) {
      expect(seen).not.toContain(id);
    }
    const own = JSON.stringify(await LISTS[verb]?.(await owner.ctx()));
    expect(own).not.toBe(seen);
  });

  it("are still there afterwards", async () => {
    const ctx = await owner.ctx();
    expect((await identity.listApiTokens(ctx, {})).items[0]).toMatchObject({ id: ids.apiTokenId, revokedAt: null });
    expect((await identity.listInvitations(ctx, {})).items).toHaveLength(1);
    expect((await identity.listMembers(ctx, {})).items[0]).toMatchObject({ role: "owner" });
  });

  it.each([
    ["listing the platform's audit log", (ctx) => identity.listPlatformAudit(ctx, {})],
    ["verifying any chain", (ctx) => identity.verifyAuditChain(ctx, { chainKey: owner.organizationId })],
    [
      "granting a platform role",
      (ctx) => identity.grantPlatformRole(ctx, { walletAddress: stranger.wallet.address, platformRole: "admin" }),
    ],
    ["anchoring", (ctx) => identity.anchorAuditHeads(ctx, {})],
    ["pruning", (ctx) => identity.pruneExpired(ctx, {})],
  ] satisfies [string, Call][])("cannot be reached by %s without a platform role", async (_name, call) => {
    await expect(call(await owner.ctx())).rejects.toMatchObject({ code: "auth.scope_missing" });
  });

  it("stay apart for an unknown id of each kind", async () => {
    await expect(
      identity.revokeSession(await owner.ctx(), { sessionId: identityDomain.newId("session") }),
    ).rejects.toMatchObject({
      code: "identity.session_not_found",
    });
  });
});

describe("the repositories", () => {
  it("are the only files of the domain that speak SQL", () => {
    const folder = "server/domains/identity";
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
    expect(files.filter((path) => path.endsWith("/repository.ts")).length).toBeGreaterThan(3);
    const speaking = files
      .filter((path) => !path.endsWith("/repository.ts"))
      .filter((path) => /from "(drizzle-orm|@\/db\/schema)/.test(readFileSync(`${folder}/${path}`, "utf8")));
    expect(speaking).toEqual([]);
  });
});
