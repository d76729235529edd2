import { releaseSlot } from "@/server/domains/regions";
import { actingFor, type CommandCtx, type ServiceCtx } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import { subjectOf } from "../constants";
import { findLiveNodeOf } from "../nodes/repository";
import { lockSetup, updateSetup } from "./repository";

type Ref = { readonly setupRequestId: string };

/** Gives the slot back of what ended and has no node any more. The row of its volume stays as it is: the key is kept. */
const recordEndedReleased = defineChange(
  "validators.release-ended",
  async (ctx: CommandCtx<string | null>, { setupRequestId }: Ref) => {
    const setup = await lockSetup(ctx.tx, null, setupRequestId);
    const isDue = setup?.status === "ended" && setup.releasedAt === null && !(await findLiveNodeOf(ctx.tx, setup.id));
    ctx.audit({
      action: isDue ? "validators.setup_request.released" : "validators.setup_request.release_known",
      targetType: "setup_request",
      targetId: setupRequestId,
      organizationId: setup?.organizationId ?? null,
    });
    if (!isDue) return;
    await releaseSlot(actingFor(ctx, setup.organizationId), { holder: subjectOf(setup.id) });
    await updateSetup(ctx.tx, setup.id, { releasedAt: ctx.now });
  },
);

/** The same where there is something to give back; a node that is left keeps its slot. */
export async function releaseEnded(ctx: ServiceCtx, ref: Ref): Promise<void> {
  if (!(await findLiveNodeOf(ctx.db, ref.setupRequestId))) await recordEndedReleased(ctx, ref);
}
