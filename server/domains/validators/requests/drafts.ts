import { z } from "zod";
import type { Actor } from "@/server/kernel/context";
import { forbidden } from "@/server/kernel/errors";
import { defineCommand, defineQuery } from "@/server/kernel/verbs";
import { deleteDraft, findDraft, upsertDraft } from "./repository";

/** Fields of the wizard; text as typed, checked only when the request is made. */
const DRAFT_FIELDS = [
  "networkId",
  "walletAddress",
  "runMode",
  "validatorName",
  "website",
  "securityContact",
  "description",
  "identity",
  "commissionRate",
  "commissionMaxRate",
  "commissionMaxChangeRate",
  "minSelfDelegation",
  "selfDelegation",
  "regionCode",
  "tierCode",
  "runtime",
] as const;
export const DraftAnswers = z.partialRecord(z.enum(DRAFT_FIELDS), z.string().max(4_000));
export type DraftAnswers = z.infer<typeof DraftAnswers>;

function personOf(actor: Actor): string {
  if (actor.kind === "user" || actor.kind === "apiToken") return actor.userId;
  throw forbidden("validators.no_draft", "Only a person has an unfinished wizard.");
}

/** The caller's unfinished wizard; empty when there is none. */
export const getDraft = defineQuery({
  verb: "validators.get-draft",
  scope: "validators:read",
  tenancy: "organization",
  input: z.strictObject({}),
  output: DraftAnswers,
  run: async (ctx): Promise<DraftAnswers> =>
    DraftAnswers.parse((await findDraft(ctx.db, ctx.organizationId, personOf(ctx.actor)))?.answers ?? {}),
});

/** Keeps what was entered; the newest answer of each field wins, so two devices do not undo one another. */
export const saveDraft = defineCommand({
  verb: "validators.save-draft",
  scope: "validators:write",
  tenancy: "organization",
  input: z.strictObject({ answers: DraftAnswers }),
  output: z.strictObject({}),
  run: async (ctx, input) => {
    const userId = personOf(ctx.actor);
    await upsertDraft(ctx.tx, {
      organizationId: ctx.organizationId,
      userId,
      answers: input.answers,
      updatedAt: ctx.now,
    });
    ctx.audit({
      action: "validators.draft.saved",
      targetType: "user",
      targetId: userId,
      details: { fields: Object.keys(input.answers) },
    });
    return {};
  },
});

/** Forgets the unfinished wizard. */
export const discardDraft = defineCommand({
  verb: "validators.discard-draft",
  scope: "validators:write",
  tenancy: "organization",
  input: z.strictObject({}),
  output: z.strictObject({}),
  run: async (ctx) => {
    const userId = personOf(ctx.actor);
    await deleteDraft(ctx.tx, ctx.organizationId, userId);
    ctx.audit({ action: "validators.draft.discarded", targetType: "user", targetId: userId });
    return {};
  },
});
