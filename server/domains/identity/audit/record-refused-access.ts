import { defineCommand } from "@/server/kernel/verbs";
import { RecordRefusedAccessInput } from "../schemas";

/** Writes down that somebody known asked for what they may not have or what is not theirs (ASVS 16.3.2); the platform's chain keeps it. */
export const recordRefusedAccess = defineCommand({
  verb: "identity.record-refused-access",
  scope: null,
  because: "record of a refusal",
  tenancy: "platform",
  input: RecordRefusedAccessInput,
  run: async (ctx, input) => {
    ctx.audit({
      action: "identity.access.refused",
      targetType: input.targetId === null ? "operation" : "id",
      targetId: input.targetId ?? input.operation,
      organizationId: null,
      details: { operation: input.operation, code: input.code, callerOrganizationId: ctx.organizationId },
    });
  },
});
