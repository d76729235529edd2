import { networkOf } from "@/server/domains/chain";
import type { ServiceCtx } from "@/server/kernel/context";
import { timedOut } from "@/server/kernel/errors";
import type { ChainNetwork } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { beginStep, endStep, noteProgress } from "./begin-step";
import { chooseHost } from "./choose-host";
import { PROVISION_STEPS, type ProvisionStepId } from "./constants";
import { nodeNotFound } from "./errors";
import { getSetupFacts, type SetupFacts } from "./get-setup-facts";
import { initialiseNode, launchNode, prepareVolume, readNodeIdentity } from "./make-node";
import { nodeSpecOf } from "./node-spec";
import { proveNodeKey, watchNodeSync } from "./read-node-sync";
import { recordNodeStarted, recordPublicKey, recordReady } from "./record-node";
import { recordPlacement } from "./record-placement";
import { reserveSlot } from "./reserve-slot";

/** Names one attempt at one request. */
export type Attempt = { readonly setupRequestId: string; readonly generation: number };

type Ctx = ServiceCtx<Ports>;
type Facts = SetupFacts & { readonly network: ChainNetwork };
/** What a step says when it is done; `isWaiting` asks to be run again after a pause. */
export type StepResult = { readonly message: string; readonly isWaiting?: boolean };

const VOLUME_SIZE_BYTES = 100 * 1024 ** 3;
const SYNC_LOOK_MS = 15_000;

/** The node of the attempt with all that its host needs. @throws not_found validators.node_not_found */
function placed(facts: Facts) {
  const { node, setup, network } = facts;
  if (!node) throw nodeNotFound(setup.id);
  return {
    node,
    onHost: {
      runtime: node.hostKind,
      spec: nodeSpecOf(node, { moniker: setup.validatorName, chainId: network.chainId }),
    },
  };
}

const rpcUrlOf = (facts: Facts): string => {
  const rpcUrl = facts.node?.rpcUrl;
  if (!rpcUrl) throw timedOut("validators.node_silent", "The host has not told the node's address yet.");
  return rpcUrl;
};

/** The work of each step of the registry. Each may run again after a crash at any line: it finds what it made before and goes on. */
const WORK: Record<ProvisionStepId, (ctx: Ctx, attempt: Attempt, facts: Facts) => Promise<StepResult>> = {
  reserve: async (ctx, attempt) => {
    await reserveSlot(ctx, attempt);
    return { message: "One slot of the region is held." };
  },
  place: async (ctx, attempt, facts) => {
    // A repeated step keeps the first choice: the volume may exist already.
    if (facts.node) return { message: `Placed on the ${facts.node.hostKind} host.` };
    const placement = await chooseHost(ctx, { requested: facts.setup.requestedRuntime, network: facts.network });
    const { runtime } = await recordPlacement(ctx, { ...attempt, placement });
    return { message: `Placed on the ${runtime} host.` };
  },
  volume: async (ctx, _attempt, facts) => {
    await prepareVolume(ctx, { ...placed(facts).onHost, sizeBytes: VOLUME_SIZE_BYTES });
    return { message: "The volume is there." };
  },
  init: async (ctx, _attempt, facts) => {
    await initialiseNode(ctx, placed(facts).onHost);
    return { message: "Keys and configuration are in the volume." };
  },
  node: async (ctx, _attempt, facts) => {
    const { node, onHost } = placed(facts);
    await recordNodeStarted(ctx, { nodeId: node.id, generation: node.generation, ...(await launchNode(ctx, onHost)) });
    return { message: "The node runs." };
  },
  "public-key": async (ctx, attempt, facts) => {
    const { node, onHost } = placed(facts);
    const { consensusPubkey, p2pNodeId } = await readNodeIdentity(ctx, onHost);
    await recordPublicKey(ctx, { ...attempt, nodeId: node.id, consensusPubkey, p2pNodeId });
    return { message: `The node's public key is ${consensusPubkey}.` };
  },
  sync: async (ctx, attempt, facts) => {
    const { node } = placed(facts);
    const seen = await watchNodeSync(ctx, {
      network: facts.network,
      nodeId: node.id,
      rpcUrl: rpcUrlOf(facts),
      forMs: SYNC_LOOK_MS,
    });
    if (seen.isSynced) return { message: `In sync at block ${seen.heightBlocks}.` };
    await noteProgress(ctx, { ...attempt, step: "sync", message: seen.sentence });
    return { message: seen.sentence, isWaiting: true };
  },
  ready: async (ctx, attempt, facts) => {
    const { node, onHost } = placed(facts);
    const proof = await proveNodeKey(ctx, { ...onHost, network: facts.network, rpcUrl: rpcUrlOf(facts) });
    await recordReady(ctx, {
      ...attempt,
      nodeId: node.id,
      provenPubkey: proof.consensusPubkey,
      heightBlocks: proof.heightBlocks,
    });
    return { message: "The key is proven." };
  },
};

/** Runs one step of the registry: opens it (or refuses, when superseded), does its work, closes it. */
export async function runProvisionStep(ctx: Ctx, attempt: Attempt, step: ProvisionStepId): Promise<StepResult> {
  await beginStep(ctx, { ...attempt, step });
  const facts = await getSetupFacts(ctx, { setupRequestId: attempt.setupRequestId });
  const { network } = await networkOf(ctx, facts.setup.networkId);
  const result = await WORK[step](ctx, attempt, { ...facts, network });
  if (!result.isWaiting && step !== "ready") await endStep(ctx, { ...attempt, step, message: result.message });
  return result;
}

/** Ids of the steps in the order in which they run. */
export const PROVISION_STEP_IDS: readonly ProvisionStepId[] = PROVISION_STEPS.map((step) => step.id);
