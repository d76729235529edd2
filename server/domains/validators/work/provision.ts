import { networkOf, nodeFactsOf } from "@/server/domains/chain";
import type { ServiceCtx } from "@/server/kernel/context";
import { timedOut } from "@/server/kernel/errors";
import type { EventData } from "@/server/kernel/events";
import { defineWork, type StepEnd, type WorkStep } from "@/server/kernel/work/declare-work";
import type { ChainNetwork } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import {
  PROVISION_STEPS,
  type ProvisionStepId,
  SETUP_CONCURRENCY,
  SETUP_TIMEOUT_MINUTES,
  WORK_IDS,
} from "../constants";
import { nodeNotFound } from "../errors";
import { setupCancelled, setupDataOf, setupRequested } from "../events";
import { chooseHost } from "../nodes/choose-host";
import { ensureVolume, initialiseNode, onHostOf, readIdentity, startOnHost } from "../nodes/make-node";
import { proveNodeKey, watchNodeSync } from "../nodes/read-node-sync";
import { recordNodeStarted } from "../nodes/record-node-started";
import { recordSyncLook } from "../nodes/record-sync-look";
import { type Attempt, beginStep, endStep, noteProgress } from "../requests/attempt";
import {
  recordPlacement,
  recordPublicKey,
  recordReady,
  recordSetupFailed,
  reserveSlot,
} from "../requests/record-attempt";
import { listSetupsAtWork } from "../requests/repository";
import { readSetupFacts, type SetupFacts } from "../requests/setup-facts";
import { releaseSlotStep, removeNodeStep } from "./take-back";

type Data = EventData<typeof setupRequested>;
type Ctx = ServiceCtx<Ports>;
type Facts = SetupFacts & { readonly network: ChainNetwork };

const VOLUME_SIZE_BYTES = 100 * 1024 ** 3;
const SYNC_LOOK_MS = 15_000;
const SYNC_PAUSE_MS = 5_000;

/** The node of the attempt with all that its host needs. @throws not_found validators.node_not_found */
function placed(facts: Facts) {
  const { node, setup, network } = facts;
  if (!node) throw nodeNotFound(setup.id);
  return {
    node,
    onHost: onHostOf(node, { moniker: setup.validatorName, chainId: network.chainId }),
  };
}

const rpcUrlOf = (facts: Facts): string => {
  const rpcUrl = facts.node?.rpcUrl;
  if (!rpcUrl) throw timedOut("validators.node_silent", "The host has not told the node's address yet.");
  return rpcUrl;
};

/** A step of an attempt, given its rows and its network as they are when it runs. */
const withFacts =
  (run: (ctx: Ctx, attempt: Attempt, facts: Facts) => Promise<StepEnd>): WorkStep<Ports, Data>["run"] =>
  async (ctx, { data: { setupRequestId, generation } }) => {
    const facts = await readSetupFacts(ctx.db, setupRequestId);
    const { network } = await networkOf(ctx, facts.setup.networkId);
    return run(ctx, { setupRequestId, generation }, { ...facts, network });
  };

/** Each step may run again after a crash at any line: it finds what it made before and goes on. */
const STEPS = {
  reserve: {
    run: withFacts(async (ctx, attempt) => {
      await reserveSlot(ctx, attempt);
      return { message: "One slot of the region is held." };
    }),
    undo: releaseSlotStep,
  },
  place: {
    run: withFacts(async (ctx, attempt, facts) => {
      // A repeated step keeps the first choice: the volume may exist already.
      if (facts.node) return { message: `Placed on the ${facts.node.hostKind} host.` };
      const { requestedRuntime, networkId } = facts.setup;
      const placement = await chooseHost(
        ctx.ports,
        requestedRuntime,
        facts.network,
        await nodeFactsOf(ctx.db, networkId),
      );
      const { runtime } = await recordPlacement(ctx, { ...attempt, placement });
      return { message: `Placed on the ${runtime} host.` };
    }),
  },
  volume: {
    run: withFacts(async (ctx, _attempt, facts) => {
      await ensureVolume(ctx.ports, placed(facts).onHost, VOLUME_SIZE_BYTES);
      return { message: "The volume is there." };
    }),
    undo: removeNodeStep,
  },
  init: {
    run: withFacts(async (ctx, _attempt, facts) => {
      await initialiseNode(ctx.ports, placed(facts).onHost);
      return { message: "Keys and configuration are in the volume." };
    }),
    undo: removeNodeStep,
  },
  node: {
    run: withFacts(async (ctx, _attempt, facts) => {
      const { node, onHost } = placed(facts);
      await recordNodeStarted(ctx, {
        nodeId: node.id,
        generation: node.generation,
        ...(await startOnHost(ctx.ports, onHost)),
      });
      return { message: "The node runs." };
    }),
    undo: removeNodeStep,
  },
  "public-key": {
    run: withFacts(async (ctx, attempt, facts) => {
      const { node, onHost } = placed(facts);
      const { consensusPubkey, p2pNodeId } = await readIdentity(ctx.ports, onHost);
      await recordPublicKey(ctx, { ...attempt, nodeId: node.id, consensusPubkey, p2pNodeId });
      return { message: `The node's public key is ${consensusPubkey}.` };
    }),
  },
  sync: {
    run: withFacts(async (ctx, attempt, facts) => {
      const { node } = placed(facts);
      const seen = await watchNodeSync(ctx, {
        network: facts.network,
        nodeId: node.id,
        rpcUrl: rpcUrlOf(facts),
        forMs: SYNC_LOOK_MS,
        tell: (look) => recordSyncLook(ctx, { nodeId: node.id, ...look }),
      });
      if (seen.isSynced) return { message: `In sync at block ${seen.heightBlocks}.` };
      const { heightBlocks, tipBlocks, sentence } = seen;
      await noteProgress(ctx, { ...attempt, step: "sync", message: sentence, details: { heightBlocks, tipBlocks } });
      return { message: seen.sentence, isWaiting: true };
    }),
    look: { everyMs: SYNC_PAUSE_MS, takesMs: SYNC_LOOK_MS, forMinutes: SETUP_TIMEOUT_MINUTES },
  },
  ready: {
    run: withFacts(async (ctx, attempt, facts) => {
      const { node, onHost } = placed(facts);
      const proof = await proveNodeKey(ctx, { ...onHost, network: facts.network, rpcUrl: rpcUrlOf(facts) });
      await recordReady(ctx, {
        ...attempt,
        nodeId: node.id,
        provenPubkey: proof.consensusPubkey,
        heightBlocks: proof.heightBlocks,
      });
      return { message: "The key is proven." };
    }),
  },
} satisfies Record<ProvisionStepId, WorkStep<Ports, Data>>;

/**
 * From a request to a node that is in sync and whose key is proven. What its steps make is taken back by the work of that name, which waits on
 * the same request, so that it never runs beside a step that is still under way.
 */
export const provision = defineWork<Ports>()({
  id: WORK_IDS.provision,
  on: [setupRequested],
  cancelOn: [setupCancelled],
  subject: "setupRequestId",
  generation: "generation",
  words: PROVISION_STEPS,
  steps: STEPS,
  concurrency: { oneAtATimeBy: "setupRequestId", limit: SETUP_CONCURRENCY },
  tries: 4,
  limit: {
    minutes: SETUP_TIMEOUT_MINUTES,
    failure: {
      code: "validators.setup_timeout",
      message: `The setup took longer than ${SETUP_TIMEOUT_MINUTES} minutes and was given up. Try again; tell the operator when it happens twice.`,
    },
  },
  open: (ctx, { data: { setupRequestId, generation } }, step) => beginStep(ctx, { setupRequestId, generation, step }),
  // The last step tells its own end, with the move to the signature.
  close: async (ctx, { data: { setupRequestId, generation } }, step, message) =>
    step === "ready" ? undefined : endStep(ctx, { setupRequestId, generation, step, message }),
  fail: (ctx, { data: { setupRequestId, generation } }, { code, message }) =>
    recordSetupFailed(ctx, { setupRequestId, generation, errorCode: code, errorMessage: message }),
  stalled: async (db, { afterId, limit }) =>
    (await listSetupsAtWork(db, afterId, limit)).map((setup) => ({
      id: setup.id,
      event: setupRequested,
      data: setupDataOf(setup),
      changedAt: setup.updatedAt,
      beganAt: setup.provisioningStartedAt ?? setup.createdAt,
    })),
});
