import { z } from "zod";
import { defineCommand } from "@/server/kernel/verbs";
import { UpdateOrganizationInput } from "../schemas";
import { updateOrganizationName } from "./repository";

/** Renames the caller's present organisation. */
export const updateOrganization = defineCommand({
  verb: "identity.update-organization",
  scope: "identity:admin",
  tenancy: "organization",
  input: UpdateOrganizationInput,
  output: z.strictObject({ id: z.string(), name: z.string() }),
  run: async (ctx, input): Promise<{ id: string; name: string }> => {
    await updateOrganizationName(ctx.tx, ctx.organizationId, input.name);
    ctx.audit({
      action: "identity.organization.renamed",
      targetType: "organization",
      targetId: ctx.organizationId,
      details: { name: input.name },
    });
    return { id: ctx.organizationId, name: input.name };
  },
});
