import { defineCommand } from "@/server/kernel/verbs";
import { makeOrganization } from "./make-organization";
import { requireUser } from "./require-user";
import { CreateOrganizationInput, Organization } from "./schemas";

/** Makes a team organisation that the caller owns; the session stays where it is. */
export const createOrganization = defineCommand({
  verb: "identity.create-organization",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: CreateOrganizationInput,
  output: Organization,
  run: async (ctx, input): Promise<Organization> => {
    const { userId } = requireUser(ctx.actor);
    const { id, slug } = await makeOrganization(ctx, { name: input.name, kind: "team", ownerUserId: userId });
    return { id, name: input.name, slug, kind: "team", role: "owner" };
  },
});
