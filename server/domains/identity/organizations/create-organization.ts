import type { CommandCtx } from "@/server/kernel/context";
import { defineCommand } from "@/server/kernel/verbs";
import { identityDomain } from "../domain";
import { requireUser } from "../people/require-user";
import { CreateOrganizationInput, Organization } from "../schemas";
import { slugCandidates } from "./organization-slug";
import { insertMembership, insertOrganization } from "./repository";

/** Two of a name at once take two slugs: the unique index decides, and whoever was late tries the next one. */
const MAX_TRIES = 8;

/** Makes an organisation with its first owner and a slug of its own; the audit entry goes into the organisation's own chain. */
export async function makeOrganization(
  ctx: CommandCtx<string | null>,
  organization: { readonly name: string; readonly kind: "personal" | "team"; readonly ownerUserId: string },
): Promise<{ readonly id: string; readonly slug: string }> {
  const { name, kind, ownerUserId: userId } = organization;
  const id = identityDomain.newId("organization");
  let tries = 0;
  for (const slug of slugCandidates({ name, kind })) {
    if (await insertOrganization(ctx.tx, { id, name, kind, slug })) {
      await insertMembership(ctx.tx, { organizationId: id, userId, role: "owner" });
      ctx.audit({
        action: "identity.organization.created",
        targetType: "organization",
        targetId: id,
        organizationId: id,
        details: { name, kind, slug },
      });
      return { id, slug };
    }
    tries += 1;
    if (tries === MAX_TRIES) break;
  }
  throw new Error("no free slug was found for an organisation");
}

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
