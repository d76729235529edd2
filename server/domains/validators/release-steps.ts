import { networkOf } from "@/server/domains/chain";
import type { ServiceCtx } from "@/server/kernel/context";
import { conflict, upstreamUnavailable } from "@/server/kernel/errors";
import type { Ports } from "@/server/ports/ports";
import { RELEASE_STEPS, type ReleaseStepId } from "./constants";
import { getSetupFacts, type SetupFacts } from "./get-setup-facts";
import { recordReleased } from "./record-released";
import { findLeftovers, haltNode, isKeyOnChain, removeNode } from "./unmake-node";

type Ctx = ServiceCtx<Ports>;

/** Facts that one release step hands to the next; stored by the job engine, so plain and small. */
export type ReleaseState = {
  readonly runtime: "process" | "docker" | null;
  readonly nodeId: string;
  readonly volumeId: string;
  readonly keepVolume: boolean;
};

const where = (state: ReleaseState & { runtime: "process" | "docker" }) => ({
  runtime: state.runtime,
  nodeId: state.nodeId,
  volumeId: state.volumeId,
});

async function checkChain(ctx: Ctx, facts: SetupFacts): Promise<ReleaseState> {
  const { setup, node, volume } = facts;
  const held = {
    runtime: node?.hostKind ?? volume?.hostKind ?? null,
    nodeId: node?.id ?? "none",
    volumeId: volume?.id ?? "none",
  };
  if (setup.consensusPubkey === null) return { ...held, keepVolume: false };
  // A key that a validator uses is never thrown away, whatever the request's state says.
  const { network } = await networkOf(ctx, setup.networkId);
  const { isOnChain } = await isKeyOnChain(ctx, { network, consensusPubkey: setup.consensusPubkey });
  return { ...held, keepVolume: isOnChain };
}

/**
 * Runs one step of giving back what a cancelled or failed request held. All steps may repeat. Nothing happens when the request is wanted again
 * (retried) meanwhile.
 */
export async function runReleaseStep(
  ctx: Ctx,
  setupRequestId: string,
  step: ReleaseStepId,
  state: ReleaseState | null,
): Promise<ReleaseState> {
  const facts = await getSetupFacts(ctx, { setupRequestId });
  const status = facts.setup.status;
  if (status !== "cancelled" && status !== "failed") {
    throw conflict("validators.superseded", "The request is wanted again; nothing is given back.");
  }
  if (step === "check-chain") return checkChain(ctx, facts);
  if (state === null) throw new Error("release steps run in order");
  const { runtime } = state;
  switch (step) {
    case "remove-node":
      if (runtime !== null) {
        await haltNode(ctx, where({ ...state, runtime }));
        await removeNode(ctx, { ...where({ ...state, runtime }), removeVolume: !state.keepVolume });
      }
      return state;
    case "release-slot":
      await recordReleased(ctx, { setupRequestId, isVolumeRemoved: !state.keepVolume });
      return state;
    case "verify-gone":
      if (runtime !== null) {
        const left = await findLeftovers(ctx, where({ ...state, runtime }));
        if (left.node || (left.volume && !state.keepVolume)) {
          // Whoever made it again was a step that outlived its run; remove what it made.
          await removeNode(ctx, { ...where({ ...state, runtime }), removeVolume: !state.keepVolume });
          throw upstreamUnavailable(
            "validators.leftovers_found",
            "Something was left on the host and was removed; it is checked once more.",
          );
        }
      }
      return state;
  }
}

/** Ids of the steps in the order in which they run. */
export const RELEASE_STEP_IDS: readonly ReleaseStepId[] = RELEASE_STEPS.map((step) => step.id);
