import { and, eq, isNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiTokens, invitations, memberships, organizations } from "@/db/schema/identity";
import {
  acceptInvitation,
  changeMemberRole,
  createApiToken,
  createOrganization,
  inviteMember,
  leaveOrganization,
  listAttention,
  listInvitations,
  listMyInvitations,
  removeMember,
  resolveApiToken,
  switchOrganization,
} from "@/server/domains/identity";
import type { OrganizationRole } from "@/server/kernel/scopes";
import { eventually } from "../../support/eventually";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
afterAll(() => runtime.close());

/** A team whose maker owns it; people join by writing their membership, which is not what is tried here. */
async function team() {
  const maker = await createPerson(runtime);
  const { id: organizationId } = await createOrganization(await maker.ctx(), { name: "Team" });
  await switchOrganization(await maker.ctx(), { organizationId });
  const join = async (role: OrganizationRole): Promise<SignedInPerson> => {
    const person = await createPerson(runtime);
    await runtime.db.insert(memberships).values({ organizationId, userId: person.userId, role });
    await switchOrganization(await person.ctx(), { organizationId });
    return person;
  };
  const roleOf = async (person: SignedInPerson) => {
    const rows = await runtime.db.select().from(memberships).where(eq(memberships.organizationId, organizationId));
    return rows.find((row) => row.userId === person.userId)?.role ?? null;
  };
  /** What a program can do that holds a token with everything its maker could give it. */
  const tokenOf = async (person: SignedInPerson) => {
    const { token } = await createApiToken(await person.ctx(), {
      name: "ci",
      scopes: ["identity:read", "identity:write", "identity:admin"],
    });
    const tokenHash = (await runtime.ports()).tokens.read(token ?? "")?.tokenHash ?? "";
    const principal = await resolveApiToken(await runtime.ctx({ actor: { kind: "anonymous" } }), { tokenHash });
    if (!principal) throw new Error("the token is not known");
    return runtime.ctx({ actor: principal.actor, organizationId });
  };
  return { maker, organizationId, join, roleOf, tokenOf };
}

/** Invites a newcomer and gives what they need to accept. */
async function invite(inviter: SignedInPerson, role: OrganizationRole) {
  const newcomer = await createPerson(runtime);
  const { invitationId } = await inviteMember(await inviter.ctx(), { walletAddress: newcomer.wallet.address, role });
  return { newcomer, invitationId };
}

/** Ids of the invitations that the newcomer's list, their home page and the organisation's list show. */
const offeredTo = async (newcomer: SignedInPerson, maker: SignedInPerson) =>
  [
    (await listMyInvitations(await newcomer.ctx(), {})).items,
    (await listAttention(await newcomer.ctx(), {})).items,
    (await listInvitations(await maker.ctx(), {})).items,
  ].flatMap((items) => items.map(({ id }) => id));

describe("an invitation", () => {
  it.each(["owner", "viewer"] as const)("to be %s ends when its inviter is removed", async (role) => {
    const { maker, join, roleOf } = await team();
    const inviter = await join("owner");
    const { newcomer, invitationId } = await invite(inviter, role);
    await removeMember(await maker.ctx(), { userId: inviter.userId });
    expect(await offeredTo(newcomer, maker)).toEqual([]);
    await expect(acceptInvitation(await newcomer.ctx(), { invitationId })).rejects.toMatchObject({ kind: "not_found" });
    expect(await roleOf(newcomer)).toBeNull();
  });

  it("ends when its inviter leaves", async () => {
    const { join } = await team();
    const inviter = await join("admin");
    const { newcomer, invitationId } = await invite(inviter, "viewer");
    await leaveOrganization(await inviter.ctx(), {});
    await expect(acceptInvitation(await newcomer.ctx(), { invitationId })).rejects.toMatchObject({ kind: "not_found" });
  });

  it.each([
    ["admin", "owner", false],
    ["admin", "admin", true],
    ["viewer", "viewer", false],
    ["developer", "developer", false],
  ] as const)("of who is made %s still makes a %s: %s", async (demotedTo, offered, isGood) => {
    const { maker, join, roleOf } = await team();
    const inviter = await join("owner");
    const { newcomer, invitationId } = await invite(inviter, offered);
    await changeMemberRole(await maker.ctx(), { userId: inviter.userId, role: demotedTo });
    await acceptInvitation(await newcomer.ctx(), { invitationId }).catch(() => undefined);
    expect(await roleOf(newcomer)).toBe(isGood ? offered : null);
  });

  it.each([
    ["gone", null],
    ["an admin", "admin"],
    ["a viewer", "viewer"],
  ] as const)(
    "that outlived the right of its inviter, who is %s, is offered nowhere and worth nothing",
    async (_now, role) => {
      const { maker, organizationId, join, roleOf } = await team();
      const inviter = await join("owner");
      const { newcomer, invitationId } = await invite(inviter, "owner");
      expect(await offeredTo(newcomer, maker)).toEqual([invitationId, invitationId, invitationId]);
      // As older releases left them behind.
      const theirs = and(eq(memberships.organizationId, organizationId), eq(memberships.userId, inviter.userId));
      if (role === null) await runtime.db.delete(memberships).where(theirs);
      else await runtime.db.update(memberships).set({ role }).where(theirs);
      expect(await offeredTo(newcomer, maker)).toEqual([]);
      await expect(acceptInvitation(await newcomer.ctx(), { invitationId })).rejects.toMatchObject({
        kind: "not_found",
      });
      expect(await roleOf(newcomer)).toBeNull();
      expect(
        await runtime.db.select().from(invitations).where(eq(invitations.organizationId, organizationId)),
      ).toHaveLength(1);
    },
  );

  it("accepted while its inviter is removed makes a member before or nobody after, and leaves none open", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { maker, organizationId, join, roleOf } = await team();
      const inviter = await join("owner");
      const { newcomer, invitationId } = await invite(inviter, "owner");
      const [asNewcomer, asMaker] = [await newcomer.ctx(), await maker.ctx()];
      const [accepted, removed] = await Promise.allSettled([
        acceptInvitation(asNewcomer, { invitationId }),
        removeMember(asMaker, { userId: inviter.userId }),
      ]);
      expect(removed.status).toBe("fulfilled");
      expect(await roleOf(newcomer)).toBe(accepted.status === "fulfilled" ? "owner" : null);
      const open = await runtime.db.select().from(invitations).where(eq(invitations.organizationId, organizationId));
      expect(open).toEqual([]);
    }
  });

  it("made while its inviter is removed is either ended or never made", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { maker, organizationId, join } = await team();
      const inviter = await join("owner");
      const newcomer = await createPerson(runtime);
      const [asInviter, asMaker] = [await inviter.ctx(), await maker.ctx()];
      await Promise.allSettled([
        inviteMember(asInviter, { walletAddress: newcomer.wallet.address, role: "owner" }),
        removeMember(asMaker, { userId: inviter.userId }),
      ]);
      const open = await runtime.db.select().from(invitations).where(eq(invitations.organizationId, organizationId));
      expect(open).toEqual([]);
    }
  });
});

describe("an API token", () => {
  it("of an owner neither makes nor unmakes an owner", async () => {
    const { maker, join, roleOf, tokenOf } = await team();
    const [second, accomplice] = [await join("owner"), await join("viewer")];
    const token = await tokenOf(maker);
    const refused = { code: "auth.owner_required" };
    await expect(changeMemberRole(token, { userId: accomplice.userId, role: "owner" })).rejects.toMatchObject(refused);
    await expect(changeMemberRole(token, { userId: second.userId, role: "viewer" })).rejects.toMatchObject(refused);
    await expect(removeMember(token, { userId: second.userId })).rejects.toMatchObject(refused);
    await expect(removeMember(token, { userId: maker.userId })).rejects.toMatchObject(refused);
    expect([await roleOf(maker), await roleOf(second), await roleOf(accomplice)]).toEqual(["owner", "owner", "viewer"]);
  });

  it("invites nobody, and leaves no organisation", async () => {
    const { maker, tokenOf } = await team();
    const token = await tokenOf(maker);
    const walletAddress = (await createPerson(runtime)).wallet.address;
    const refused = { code: "auth.user_required" };
    await expect(inviteMember(token, { walletAddress, role: "owner" })).rejects.toMatchObject(refused);
    await expect(leaveOrganization(token, {})).rejects.toMatchObject(refused);
  });

  it("still runs what an admin may", async () => {
    const { maker, join, roleOf, tokenOf } = await team();
    const member = await join("viewer");
    await changeMemberRole(await tokenOf(maker), { userId: member.userId, role: "developer" });
    expect(await roleOf(member)).toBe("developer");
  });

  it.each(["viewer", null] as const)("that was read before its maker became %s changes nobody after", async (role) => {
    const { maker, join, roleOf, tokenOf } = await team();
    const [admin, member] = [await join("admin"), await join("viewer")];
    const token = await tokenOf(admin);
    if (role === null) await removeMember(await maker.ctx(), { userId: admin.userId });
    else await changeMemberRole(await maker.ctx(), { userId: admin.userId, role });
    const refused = { code: "auth.scope_missing" };
    await expect(changeMemberRole(token, { userId: member.userId, role: "admin" })).rejects.toMatchObject(refused);
    await expect(removeMember(token, { userId: member.userId })).rejects.toMatchObject(refused);
    expect(await roleOf(member)).toBe("viewer");
  });

  /** Tokens of the organisation that the person made and nobody revoked: they would be good again if the person came back. */
  const livingTokens = (organizationId: string, { userId }: SignedInPerson) =>
    runtime.db
      .select({ id: apiTokens.id })
      .from(apiTokens)
      .where(
        and(
          eq(apiTokens.organizationId, organizationId),
          eq(apiTokens.createdByUserId, userId),
          isNull(apiTokens.revokedAt),
        ),
      );

  it("made while its maker is removed is either revoked or never made", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { maker, organizationId, join } = await team();
      const admin = await join("admin");
      const [asAdmin, asMaker] = [await admin.ctx(), await maker.ctx()];
      const [, removed] = await Promise.allSettled([
        createApiToken(asAdmin, { name: "ci", scopes: ["identity:read"] }),
        removeMember(asMaker, { userId: admin.userId }),
      ]);
      expect(removed.status).toBe("fulfilled");
      expect(await livingTokens(organizationId, admin)).toEqual([]);
    }
  });

  it.each([
    ["remove", "make", "rejected"],
    ["make", "remove", "fulfilled"],
  ] as const)("outlives the removal of its maker in no order: first %s, then %s, which is %s", async (...turns) => {
    const [first, then, outcome] = turns;
    const { maker, organizationId, join } = await team();
    const admin = await join("admin");
    const [asAdmin, asMaker] = [await admin.ctx(), await maker.ctx()];
    const acts = {
      make: () => createApiToken(asAdmin, { name: "ci", scopes: ["identity:read"] }),
      remove: () => removeMember(asMaker, { userId: admin.userId }),
    };
    const asked: Promise<PromiseSettledResult<unknown>[]>[] = [];
    await runtime.db.transaction(async (tx) => {
      await tx.select().from(organizations).where(eq(organizations.id, organizationId)).for("update");
      for (const act of [first, then]) {
        asked.push(Promise.allSettled([acts[act]()]));
        await eventually("it waits for the organisation's row behind the other", async () => {
          const [row] = await runtime.db.execute<{ waiting: number }>(
            sql`select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          );
          return row?.waiting === asked.length;
        });
      }
    });
    expect((await Promise.all(asked)).flat().map(({ status }) => status)).toEqual(["fulfilled", outcome]);
    expect(await livingTokens(organizationId, admin)).toEqual([]);
  });
});
