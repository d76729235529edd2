import { z } from "zod";
import { chainKeyOf } from "@/server/kernel/audit";
import { walkAuditChain } from "@/server/kernel/audit-chain";
import { actingAs, type ServiceCtx } from "@/server/kernel/context";
import { defineEffect, defineFlow, defineQuery } from "@/server/kernel/verbs";
import type { AuditAnchor } from "@/server/ports/audit-anchor";
import { AuditVerdict, NoInput, VerifyAuditChainInput } from "./schemas";

type AnchorPorts = { readonly auditAnchor: AuditAnchor };

const Head = z.strictObject({ chainKey: z.string(), sequence: z.number().int(), hash: z.string() });

const listAnchors = defineEffect<AnchorPorts>()({
  verb: "identity.list-audit-anchors",
  scope: "audit:read",
  tenancy: "platform",
  input: z.strictObject({ chainKey: z.string() }),
  run: async (ctx, input) => ({ anchors: await ctx.ports.auditAnchor.list(input.chainKey) }),
});

const walk = defineQuery({
  verb: "identity.walk-audit-chain",
  scope: "audit:read",
  tenancy: "platform",
  input: z.strictObject({ chainKey: z.string(), anchors: z.array(Head) }),
  run: (ctx, input) => walkAuditChain(ctx.db, input.chainKey, input.anchors),
});

async function verify(ctx: ServiceCtx<AnchorPorts>, chainKey: string): Promise<AuditVerdict> {
  // The inner verbs ask for the tenant's scope; an operator who may verify any chain holds it for this.
  const inner = actingAs(ctx, "identity.verify-audit-chain");
  const { anchors } = await listAnchors(inner, { chainKey });
  const heads = anchors.map(({ sequence, hash }) => ({ chainKey, sequence, hash }));
  const found = await walk(inner, { chainKey, anchors: heads });
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
