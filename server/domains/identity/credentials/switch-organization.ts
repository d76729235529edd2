import { defineCommand } from "@/server/kernel/verbs";
import { organizationNotFound } from "../errors";
import { findMembership } from "../organizations/repository";
import { requireUser } from "../people/require-user";
import { SwitchOrganizationInput } from "../schemas";
import { updateSession } from "./repository";

/** Moves the caller's session to another of their organisations. @throws not_found identity.organization_not_found */
export const switchOrganization = defineCommand({
  verb: "identity.switch-organization",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: SwitchOrganizationInput,
  output: SwitchOrganizationInput,
  run: async (ctx, input): Promise<{ organizationId: string }> => {
    const { userId, sessionId } = requireUser(ctx.actor);
    const membership = await findMembership(ctx.tx, input.organizationId, userId);
    if (!membership) throw organizationNotFound(input.organizationId);
    await updateSession(ctx.tx, sessionId, { organizationId: input.organizationId });
    ctx.audit({
      action: "identity.session.organization_switched",
      targetType: "session",
      targetId: sessionId,
      organizationId: input.organizationId,
      details: { userId },
    });
    return { organizationId: input.organizationId };
  },
});
