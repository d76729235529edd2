import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invitations, memberships } from "@/db/schema/identity";
import { auditEvents } from "@/db/schema/system";
import {
  acceptInvitation,
  changeMemberRole,
  createApiToken,
  createOrganization,
  declineInvitation,
  inviteMember,
  leaveOrganization,
  listMembers,
  listMyInvitations,
  listOrganizations,
  removeMember,
  resolveApiToken,
  switchOrganization,
  updateOrganization,
  verifyOwnAudit,
} from "@/server/domains/identity";
import type { OrganizationRole } from "@/server/kernel/scopes";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createTestWallet } from "../../support/test-wallet";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
afterAll(() => runtime.close());

/** A team whose owner works in it, and a way to add people to it. */
async function setup() {
  const owner = await createPerson(runtime);
  const { id: organizationId } = await createOrganization(await owner.ctx(), { name: "Team" });
  await switchOrganization(await owner.ctx(), { organizationId });
  const join = async (role: OrganizationRole, given?: SignedInPerson): Promise<SignedInPerson> => {
    const person = given ?? (await createPerson(runtime));
    await inviteMember(await owner.ctx(), { walletAddress: person.wallet.address, role });
    const { items } = await listMyInvitations(await person.ctx(), {});
    await acceptInvitation(await person.ctx(), { invitationId: items[0]?.id ?? "" });
    await switchOrganization(await person.ctx(), { organizationId });
    return person;
  };
  return { owner, organizationId, join };
}

const rolesOf = async (person: SignedInPerson) =>
  Object.fromEntries((await listMembers(await person.ctx(), {})).items.map((member) => [member.userId, member.role]));

describe("members", () => {
  it("join by accepting an invitation to their wallet, with the role that was offered", async () => {
    const { owner, organizationId, join } = await setup();
    const developer = await join("developer");
    expect(await rolesOf(owner)).toEqual({ [owner.userId]: "owner", [developer.userId]: "developer" });
    const { items } = await listOrganizations(await developer.ctx(), {});
    expect(items.map((one) => [one.kind, one.role])).toEqual([
      ["personal", "owner"],
      ["team", "developer"],
    ]);
    expect((await developer.ctx()).organizationId).toBe(organizationId);
  });

  it("can be invited before they have ever been here", async () => {
    const { owner, organizationId } = await setup();
    const wallet = await createTestWallet();
    await inviteMember(await owner.ctx(), { walletAddress: wallet.address.toUpperCase(), role: "viewer" });
    const newcomer = await createPerson(runtime, wallet);
    const { items } = await listMyInvitations(await newcomer.ctx(), {});
    expect(items).toEqual([expect.objectContaining({ organizationId, role: "viewer", walletAddress: wallet.address })]);
  });

  it("are not told apart from strangers when invited, and invited once though asked twice", async () => {
    const { owner } = await setup();
    const [known, unknown] = [(await createPerson(runtime)).wallet, await createTestWallet()];
    const answers = [];
    for (const wallet of [known, unknown]) {
      answers.push(await inviteMember(await owner.ctx(), { walletAddress: wallet.address, role: "viewer" }));
    }
    expect(Object.keys(answers[0] ?? {})).toEqual(Object.keys(answers[1] ?? {}));
    await inviteMember(await owner.ctx(), { walletAddress: known.address, role: "admin" });
    const rows = await runtime.db.select().from(invitations).where(eq(invitations.walletAddress, known.address));
    expect(rows.map((row) => row.role)).toEqual(["admin"]);
  });

  it("join once when they accept ten times at once", async () => {
    const { owner, organizationId } = await setup();
    const person = await createPerson(runtime);
    await inviteMember(await owner.ctx(), { walletAddress: person.wallet.address, role: "viewer" });
    const [invitation] = (await listMyInvitations(await person.ctx(), {})).items;
    const ctx = await person.ctx();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => acceptInvitation(ctx, { invitationId: invitation?.id ?? "" })),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    const rows = await runtime.db.select().from(memberships).where(eq(memberships.organizationId, organizationId));
    expect(rows).toHaveLength(2);
  });

  it("may decline, and then the invitation is gone", async () => {
    const { owner } = await setup();
    const person = await createPerson(runtime);
    await inviteMember(await owner.ctx(), { walletAddress: person.wallet.address, role: "viewer" });
    const [invitation] = (await listMyInvitations(await person.ctx(), {})).items;
    const invitationId = invitation?.id ?? "";
    await declineInvitation(await person.ctx(), { invitationId });
    await expect(acceptInvitation(await person.ctx(), { invitationId })).rejects.toMatchObject({ kind: "not_found" });
  });

  it("work with a changed role from the next request on", async () => {
    const { owner, join } = await setup();
    const member = await join("admin");
    await updateOrganization(await member.ctx(), { name: "Renamed" });
    await changeMemberRole(await owner.ctx(), { userId: member.userId, role: "viewer" });
    await expect(updateOrganization(await member.ctx(), { name: "Again" })).rejects.toMatchObject({
      code: "auth.scope_missing",
    });
  });

  it("lose their tokens and their place in it when they are removed", async () => {
    const { owner, join } = await setup();
    const admin = await join("admin");
    const { token } = await createApiToken(await admin.ctx(), { name: "mine", scopes: ["validators:read"] });
    const tokenHash = (await runtime.ports()).tokens.read(token ?? "")?.tokenHash ?? "";
    const anonymous = await runtime.ctx({ actor: { kind: "anonymous" } });
    expect(await resolveApiToken(anonymous, { tokenHash })).not.toBeNull();
    await removeMember(await owner.ctx(), { userId: admin.userId });
    expect(await resolveApiToken(anonymous, { tokenHash })).toBeNull();
    expect((await admin.ctx()).organizationId).toBe(admin.organizationId);
  });

  it("keep tokens no stronger than their maker is now", async () => {
    const { owner, join } = await setup();
    const admin = await join("admin");
    const { token } = await createApiToken(await admin.ctx(), {
      name: "mine",
      scopes: ["identity:admin", "chain:read"],
    });
    const tokenHash = (await runtime.ports()).tokens.read(token ?? "")?.tokenHash ?? "";
    await changeMemberRole(await owner.ctx(), { userId: admin.userId, role: "viewer" });
    const principal = await resolveApiToken(await runtime.ctx({ actor: { kind: "anonymous" } }), { tokenHash });
    expect(principal?.actor).toMatchObject({ scopes: ["chain:read"] });
  });
});

describe("owners", () => {
  it("are made and unmade by owners alone", async () => {
    const { owner, join } = await setup();
    const admin = await join("admin");
    const refused = { code: "auth.owner_required" };
    const asAdmin = await admin.ctx();
    await expect(changeMemberRole(asAdmin, { userId: admin.userId, role: "owner" })).rejects.toMatchObject(refused);
    await expect(removeMember(asAdmin, { userId: owner.userId })).rejects.toMatchObject(refused);
    const { address } = await createTestWallet();
    await expect(inviteMember(asAdmin, { walletAddress: address, role: "owner" })).rejects.toMatchObject(refused);
  });

  it("never leave an organisation without one", async () => {
    const { owner } = await setup();
    const refused = { code: "identity.last_owner" };
    const ctx = await owner.ctx();
    await expect(leaveOrganization(ctx, {})).rejects.toMatchObject(refused);
    await expect(changeMemberRole(ctx, { userId: owner.userId, role: "admin" })).rejects.toMatchObject(refused);
    await expect(removeMember(ctx, { userId: owner.userId })).rejects.toMatchObject(refused);
  });

  it("never leave it without one when two go at once", async () => {
    const { owner, organizationId, join } = await setup();
    const second = await join("owner");
    const [a, b] = [await owner.ctx(), await second.ctx()];
    const outcomes = await Promise.allSettled([leaveOrganization(a, {}), leaveOrganization(b, {})]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    const rows = await runtime.db.select().from(memberships).where(eq(memberships.organizationId, organizationId));
    expect(rows.map((row) => row.role)).toEqual(["owner"]);
  });
});

describe("what people do to an organisation", () => {
  it("stands in its own audit chain, with who did it", async () => {
    const { owner, organizationId, join } = await setup();
    const member = await join("viewer");
    await changeMemberRole(await owner.ctx(), { userId: member.userId, role: "developer" });
    await removeMember(await owner.ctx(), { userId: member.userId });
    const rows = await runtime.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.organizationId, organizationId))
      .orderBy(auditEvents.sequence);
    expect(rows.map((row) => [row.action, row.actor])).toEqual([
      ["identity.organization.created", `user:${owner.userId}`],
      ["identity.session.organization_switched", `user:${owner.userId}`],
      ["identity.invitation.created", `user:${owner.userId}`],
      ["identity.member.joined", `user:${member.userId}`],
      ["identity.session.organization_switched", `user:${member.userId}`],
      ["identity.member.role_changed", `user:${owner.userId}`],
      ["identity.member.removed", `user:${owner.userId}`],
    ]);
    expect(await verifyOwnAudit(await owner.ctx(), {})).toMatchObject({ isIntact: true, rowCount: 7 });
  });
});
