import { z } from "zod";
import { listAuditHeads } from "@/server/kernel/audit-chain";
import { defineEffect, defineFlow, defineQuery } from "@/server/kernel/verbs";
import type { AuditAnchor } from "@/server/ports/audit-anchor";
import { NoInput } from "./schemas";

type AnchorPorts = { readonly auditAnchor: AuditAnchor };

const Heads = z.array(z.strictObject({ chainKey: z.string(), sequence: z.number().int(), hash: z.string() }));

/** Heads of all audit chains; first step of anchoring. */
export const readAuditHeads = defineQuery({
  verb: "identity.read-audit-heads",
  scope: "platform:read",
  tenancy: "platform",
  input: NoInput,
  output: z.strictObject({ heads: Heads }),
  run: async (ctx) => ({ heads: await listAuditHeads(ctx.db) }),
});

/** Keeps the heads that are not anchored yet outside the database; repeating it adds nothing. Returns how many were new. */
export const appendAuditAnchors = defineEffect<AnchorPorts>()({
  verb: "identity.append-audit-anchors",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({ heads: Heads }),
  run: async (ctx, input) => {
    const known = new Map((await ctx.ports.auditAnchor.latest()).map((head) => [head.chainKey, head]));
    const fresh = input.heads.filter((head) => known.get(head.chainKey)?.hash !== head.hash);
    await ctx.ports.auditAnchor.append(fresh, ctx.now().toISOString());
    return { anchoredCount: fresh.length };
  },
});

/** Both steps at once; meant for a job every few minutes. */
export const anchorAuditHeads = defineFlow<AnchorPorts>()({
  verb: "identity.anchor-audit-heads",
  scope: "platform:write",
  tenancy: "platform",
  input: NoInput,
  run: async (ctx) => appendAuditAnchors(ctx, await readAuditHeads(ctx, {})),
});
