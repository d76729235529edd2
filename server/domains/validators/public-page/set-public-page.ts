import { defineCommand } from "@/server/kernel/verbs";
import { notOnChainYet, setupRequestNotFound } from "../errors";
import { lockSetup, updateSetup } from "../requests/repository";
import { hasBeenOnChain } from "../states";
import { noteEvent } from "../story/note-event";
import { PublicPage, SetPublicPageInput } from "./schemas";

/**
 * Shows a validator's page to everybody, or takes it back; asked again, nothing changes.
 * @throws not_found validators.setup_request_not_found, invalid_state validators.not_on_chain_yet
 */
export const setPublicPage = defineCommand({
  verb: "validators.set-public-page",
  scope: "validators:write",
  tenancy: "organization",
  input: SetPublicPageInput,
  output: PublicPage,
  run: async (ctx, { setupRequestId, isPublic }) => {
    const setup = await lockSetup(ctx.tx, ctx.organizationId, setupRequestId);
    if (!setup) throw setupRequestNotFound(setupRequestId);
    if (isPublic && !hasBeenOnChain(setup.status)) throw notOnChainYet();
    const isChanged = isPublic !== (setup.publishedAt !== null);
    const publishedAt = isChanged ? (isPublic ? ctx.now : null) : setup.publishedAt;
    if (isChanged) {
      await updateSetup(ctx.tx, setup.id, { publishedAt, updatedAt: ctx.now });
      await noteEvent(ctx, setup, {
        type: "activity",
        message: isPublic ? "Its public page was published." : "Its public page was taken down.",
      });
    }
    ctx.audit({
      action: isPublic ? "validators.public_page.published" : "validators.public_page.taken_down",
      targetType: "setup_request",
      targetId: setup.id,
      details: { isChanged },
    });
    return { setupRequestId: setup.id, publishedAt: publishedAt?.toISOString() ?? null };
  },
});
