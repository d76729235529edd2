import { listAnySubjectTransactions, mayStillBeIncluded, networkOf } from "@/server/domains/chain";
import { conflict, upstreamUnavailable } from "@/server/kernel/errors";
import type { EventData } from "@/server/kernel/events";
import { defineWork, undoSteps, type WorkStep } from "@/server/kernel/work/declare-work";
import type { Ports } from "@/server/ports/ports";
import { RELEASE_STEPS, type ReleaseStepId, subjectOf, WORK_IDS } from "../constants";
import { setupCancelled, setupDataOf, setupFailed } from "../events";
import { findLeftovers, isKeyOnChain, removeNode } from "../nodes/unmake-node";
import { listUnreleasedSetups } from "../requests/repository";
import { readSetupFacts, requireAnySetup } from "../requests/setup-facts";
import { isGivenUp } from "../states";
import { provision } from "./provision";
import { type Held, heldIn, whereIs } from "./take-back";

type Data = EventData<typeof setupFailed>;
type Step = WorkStep<Ports, Data>;

const checkChain: Step["run"] = async (ctx, { data: { setupRequestId } }) => {
  const { setup, node, volume } = await readSetupFacts(ctx.db, setupRequestId);
  const held: Held = {
    runtime: node?.hostKind ?? volume?.hostKind ?? null,
    nodeId: node?.id ?? "none",
    volumeId: volume?.id ?? "none",
    keepVolume: false,
  };
  if (setup.consensusPubkey === null) return { kept: held };
  // A key that a validator uses is never thrown away, whatever the request's state says.
  const { network } = await networkOf(ctx, setup.networkId);
  const isOnChain = await isKeyOnChain(ctx.ports, network, setup.consensusPubkey);
  const sent = await listAnySubjectTransactions(ctx, { subject: subjectOf(setup.id) });
  // Signed bytes without a block's word may be in a mempool yet: the validator that they make would need this key.
  const mayComeToBe = sent.some(({ status }) => mayStillBeIncluded(status));
  return { kept: { ...held, keepVolume: isOnChain || mayComeToBe } };
};

const verifyGone: Step["run"] = async (ctx, { kept }) => {
  const held = heldIn(kept);
  if (held.runtime === null) return {};
  const where = whereIs(held, held.runtime);
  const left = await findLeftovers(ctx.ports, where);
  if (!left.node && (!left.volume || held.keepVolume)) return {};
  // Whoever made it again was a step that outlived its run; remove what it made.
  await removeNode(ctx.ports, { ...where, removeVolume: !held.keepVolume });
  throw upstreamUnavailable(
    "validators.leftovers_found",
    "Something was left on the host and was removed; it is checked once more.",
  );
};

/**
 * Gives back what a cancelled or failed request held: what the steps of provisioning made, the last one first. All steps may repeat. What it
 * cannot do now it tries again; what it never manages the sweep finds. Nothing is given back of a request that is wanted again meanwhile.
 */
export const release = defineWork<Ports>()({
  id: WORK_IDS.release,
  on: [setupCancelled, setupFailed],
  subject: "setupRequestId",
  generation: "generation",
  words: RELEASE_STEPS,
  steps: {
    "check-chain": { run: checkChain },
    ...Object.fromEntries(undoSteps(Object.values(provision.steps)).map((step) => [step.id, step])),
    "verify-gone": { run: verifyGone },
  } as Record<ReleaseStepId, Step>,
  concurrency: { oneAtATimeBy: "setupRequestId" },
  tries: 11,
  open: async (ctx, { data: { setupRequestId } }) => {
    const { status } = await requireAnySetup(ctx.db, setupRequestId);
    if (isGivenUp(status)) return;
    throw conflict("validators.superseded", "The request is wanted again; nothing is given back.");
  },
  stalled: async (db, { afterId, limit }) =>
    (await listUnreleasedSetups(db, afterId, limit)).map((setup) => ({
      id: setup.id,
      event: setup.status === "failed" ? setupFailed : setupCancelled,
      data: setupDataOf(setup),
      changedAt: setup.updatedAt,
      beganAt: setup.updatedAt,
    })),
});
