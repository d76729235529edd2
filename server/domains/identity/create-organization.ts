import { defineCommand } from "@/server/kernel/verbs";
import { identityDomain } from "./domain";
import { insertMembership, insertOrganization } from "./repository";
import { requireUser } from "./require-user";
import { CreateOrganizationInput, type Organization } from "./schemas";

/** Makes a team organisation that the caller owns; the session stays where it is. */
export const createOrganization = defineCommand({
  verb: "identity.create-organization",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: CreateOrganizationInput,
  run: async (ctx, input): Promise<Organization> => {
    const { userId } = requireUser(ctx.actor);
    const id = identityDomain.newId("organization");
    await insertOrganization(ctx.tx, { id, name: input.name, kind: "team" });
    await insertMembership(ctx.tx, { organizationId: id, userId, role: "owner" });
    ctx.audit({
      action: "identity.organization.created",
      targetType: "organization",
      targetId: id,
      organizationId: id,
      details: { name: input.name },
    });
    return { id, name: input.name, kind: "team", role: "owner" };
  },
});
