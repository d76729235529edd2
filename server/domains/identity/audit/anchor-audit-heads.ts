import { z } from "zod";
import { listAuditHeads } from "@/server/kernel/audit-chain";
import { defineFlow, defineQuery } from "@/server/kernel/verbs";
import type { AuditAnchor } from "@/server/ports/audit-anchor";
import { NoInput } from "../schemas";

const Heads = z.array(z.strictObject({ chainKey: z.string(), sequence: z.number().int(), hash: z.string() }));

/** Heads of all audit chains. */
export const readAuditHeads = defineQuery({
  verb: "identity.read-audit-heads",
  scope: "platform:read",
  tenancy: "platform",
  input: NoInput,
  output: z.strictObject({ heads: Heads }),
  run: async (ctx) => ({ heads: await listAuditHeads(ctx.db) }),
});

/** Keeps the heads that are not anchored yet outside the database; repeating it adds nothing. Meant for a job every few minutes; says how many were new. */
export const anchorAuditHeads = defineFlow<{ readonly auditAnchor: AuditAnchor }>()({
  verb: "identity.anchor-audit-heads",
  scope: "platform:write",
  tenancy: "platform",
  input: NoInput,
  run: async (ctx) => {
    const known = new Map((await ctx.ports.auditAnchor.latest()).map((head) => [head.chainKey, head]));
    const fresh = (await listAuditHeads(ctx.db)).filter((head) => known.get(head.chainKey)?.hash !== head.hash);
    await ctx.ports.auditAnchor.append(fresh, ctx.now().toISOString());
    return { anchoredCount: fresh.length };
  },
});
