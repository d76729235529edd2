import { chainKeyOf } from "@/server/kernel/audit";
import { walkAuditChain } from "@/server/kernel/audit-chain";
import type { ServiceCtx } from "@/server/kernel/context";
import { defineFlow } from "@/server/kernel/verbs";
import type { AuditAnchor } from "@/server/ports/audit-anchor";
import { AuditVerdict, NoInput, VerifyAuditChainInput } from "../schemas";

type AnchorPorts = { readonly auditAnchor: AuditAnchor };

async function verify(ctx: ServiceCtx<AnchorPorts>, chainKey: string): Promise<AuditVerdict> {
  const found = await walkAuditChain(ctx.db, chainKey, await ctx.ports.auditAnchor.list(chainKey));
  return {
    chainKey,
    isIntact: found.fault === null,
    rowCount: found.rowCount,
    firstBadSequence: found.fault?.sequence ?? null,
    firstBadId: found.fault?.id ?? null,
    reason: found.fault?.reason ?? null,
    anchorsChecked: found.anchorsChecked,
    lastHash: found.lastHash,
    verifiedAt: ctx.now().toISOString(),
  };
}

/** Recomputes the organisation's own audit chain and names the first row that contradicts it. */
export const verifyOwnAudit = defineFlow<AnchorPorts>()({
  verb: "identity.verify-own-audit",
  scope: "audit:read",
  tenancy: "organization",
  input: NoInput,
  output: AuditVerdict,
  run: (ctx) => verify(ctx, chainKeyOf(ctx.organizationId)),
});

/** Recomputes any audit chain, `platform` too; for operators. */
export const verifyAuditChain = defineFlow<AnchorPorts>()({
  verb: "identity.verify-audit-chain",
  scope: "platform:read",
  tenancy: "platform",
  input: VerifyAuditChainInput,
  output: AuditVerdict,
  run: (ctx, input) => verify(ctx, input.chainKey),
});
