import { releaseSlot } from "@/server/domains/regions";
import { actingFor, type CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { defineChange } from "@/server/kernel/verbs";
import { subjectOf } from "../constants";
import { setupRequestNotFound } from "../errors";
import { nodeMachine } from "../nodes/machine";
import { findLiveNodeOf, findPresentVolume, updateVolume } from "../nodes/repository";
import { isGivenUp } from "../states";
import { noteEvent } from "../story/note-event";
import { lockSetup, updateSetup } from "./repository";

/** Node and volume are gone from the host: their rows end, the slot goes back. Only for a request that is given up. */
export const recordReleased = defineChange(
  "validators.record-released",
  async (
    ctx: CommandCtx<string | null>,
    input: { readonly setupRequestId: string; readonly isVolumeRemoved: boolean },
  ) => {
    const setup = await lockSetup(ctx.tx, null, input.setupRequestId);
    if (!setup) throw setupRequestNotFound(input.setupRequestId);
    if (!isGivenUp(setup.status))
      throw new Error(`setup request ${setup.id} is ${setup.status} and must keep what it holds`);
    const node = await findLiveNodeOf(ctx.tx, setup.id);
    if (node) {
      await move(ctx, nodeMachine, node, "terminated", {
        patch: {
          statusMessage: "Removed.",
          desiredState: "terminated",
          operation: null,
          operationStep: null,
          terminatedAt: ctx.now,
        },
      });
    }
    const volume = await findPresentVolume(ctx.tx, setup.id);
    if (volume && input.isVolumeRemoved) await updateVolume(ctx.tx, volume.id, { removedAt: ctx.now });
    await releaseSlot(actingFor(ctx, setup.organizationId), { holder: subjectOf(setup.id) });
    await updateSetup(ctx.tx, setup.id, { releasedAt: ctx.now });
    const message =
      setup.runMode === "local"
        ? "Nothing of ours was held; the node on your own machine is yours to keep or remove."
        : "Node, volume and slot are given back.";
    await noteEvent(ctx, setup, { type: "activity", message });
    ctx.audit({
      action: "validators.setup_request.released",
      targetType: "setup_request",
      targetId: setup.id,
      organizationId: setup.organizationId,
      details: { nodeId: node?.id ?? null, isVolumeRemoved: input.isVolumeRemoved },
    });
  },
);
