import { networkOf } from "@/server/domains/chain";
import type { ServiceCtx } from "@/server/kernel/context";
import { timedOut } from "@/server/kernel/errors";
import type { EventData } from "@/server/kernel/events";
import { defineWork, type StepAt, type StepEnd, type WorkStep } from "@/server/kernel/work/declare-work";
import type { Ports } from "@/server/ports/ports";
import {
  NODE_OPERATION_STEPS,
  type NodeOperation,
  type NodeOperationStepId,
  type NodeStatus,
  OPERATION_TIMEOUT_MINUTES,
  WORK_IDS,
} from "../constants";
import { operationRequested } from "../events";
import { initialiseNode, onHostOf, startOnHost } from "../nodes/make-node";
import { watchNodeSync } from "../nodes/read-node-sync";
import { askTip, boundingTip } from "../nodes/read-tip";
import { recordNodeStarted } from "../nodes/record-node-started";
import { recordWatermark } from "../nodes/record-watermark";
import { listNodesUnderOperation } from "../nodes/repository";
import { beginOperationStep, failOperation, finishOperation, guardSignState } from "../nodes/run-node-operation";
import { haltNode, readSignState, removeNode } from "../nodes/unmake-node";
import { readNodeFacts } from "../requests/setup-facts";

type Ctx = ServiceCtx<Ports>;
type Data = EventData<typeof operationRequested>;
type Step = WorkStep<Ports, Data>;

const SYNC_LOOK_MS = 15_000;
const SYNC_PAUSE_MS = 5_000;
/** Ends well before the work's own limit does. */
const SYNC_LOOKS_MINUTES = 23;

type Facts = Awaited<ReturnType<typeof readNodeFacts>>;
const whereOf = ({ node }: Facts) => ({ runtime: node.hostKind, nodeId: node.id, volumeId: node.volumeId });

async function hostOf(ctx: Ctx, { node, setup }: Facts) {
  const { network } = await networkOf(ctx, node.networkId);
  return onHostOf(node, { moniker: setup.validatorName, chainId: network.chainId });
}

const END: Record<Data["operation"], { status: NodeStatus; sentence: string }> = {
  stop: { status: "stopped", sentence: "The node is stopped. Every block it misses counts against the validator." },
  start: { status: "synced", sentence: "The node runs again and is in sync." },
  redeploy: { status: "synced", sentence: "The node was replaced; key and sign state are the same." },
  terminate: { status: "terminated", sentence: "The node is removed; its volume with the key is kept." },
};

const END_BEHIND = {
  status: "syncing",
  sentence: "The node runs and is still catching up; it signs as soon as it is in sync.",
} as const;

/** A step of an operation, given the node's rows as they are when it runs. */
const withFacts =
  (run: (ctx: Ctx, facts: Facts, at: StepAt<Data>) => Promise<StepEnd>): Step["run"] =>
  async (ctx, at) =>
    run(ctx, await readNodeFacts(ctx.db, at.data.nodeId), at);

/** What each step does, whichever operations it is for; each may run again after a crash at any line. */
const STEPS: Record<NodeOperationStepId, Step> = {
  begin: { run: async () => ({}) },
  halt: {
    run: withFacts(async (ctx, facts) => {
      const { state } = await haltNode(ctx.ports, whereOf(facts));
      if (state === "running" || state === "starting")
        throw timedOut("validators.still_running", "The node has not ended yet; it is asked once more.");
      return {};
    }),
  },
  "read-sign-state": {
    run: withFacts(async (ctx, facts) => {
      const signState = await readSignState(ctx.ports, whereOf(facts));
      const tipHeightBlocks = await boundingTip(ctx, facts.node.networkId);
      await recordWatermark(ctx, { volumeId: facts.node.volumeId, signState, tipHeightBlocks });
      return {};
    }),
  },
  replace: {
    run: withFacts(async (ctx, facts) => {
      await removeNode(ctx.ports, { ...whereOf(facts), removeVolume: false });
      return {};
    }),
  },
  configure: {
    run: withFacts(async (ctx, facts) => {
      await initialiseNode(ctx.ports, await hostOf(ctx, facts));
      return {};
    }),
  },
  guard: {
    run: withFacts(async (ctx, facts, at) => {
      const found = await readSignState(ctx.ports, whereOf(facts));
      // Read after the sign state, so that it cannot have grown past the tip in between.
      const tipHeightBlocks = await askTip(ctx, facts.node.networkId);
      await guardSignState(ctx, {
        nodeId: at.data.nodeId,
        generation: at.data.generation,
        found,
        tipHeightBlocks,
      });
      return {};
    }),
  },
  launch: {
    run: withFacts(async (ctx, facts, at) => {
      const { nodeId, generation } = at.data;
      await recordNodeStarted(ctx, { nodeId, generation, ...(await startOnHost(ctx.ports, await hostOf(ctx, facts))) });
      return {};
    }),
  },
  "catch-up": {
    run: withFacts(async (ctx, facts) => {
      const { network } = await networkOf(ctx, facts.node.networkId);
      const rpcUrl = facts.node.rpcUrl;
      if (!rpcUrl) throw timedOut("validators.node_silent", "The host has not told the node's address yet.");
      const seen = await watchNodeSync(ctx, { network, nodeId: facts.node.id, rpcUrl, forMs: SYNC_LOOK_MS });
      return { isWaiting: !seen.isSynced };
    }),
    look: { everyMs: SYNC_PAUSE_MS, takesMs: SYNC_LOOK_MS, forMinutes: SYNC_LOOKS_MINUTES },
  },
  remove: {
    run: withFacts(async (ctx, facts) => {
      await removeNode(ctx.ports, { ...whereOf(facts), removeVolume: false });
      return {};
    }),
  },
  finish: {
    run: async (ctx, { data: { nodeId, generation, operation }, runId, isLate }) => {
      await finishOperation(ctx, {
        nodeId,
        generation,
        runId,
        ...(isLate ? END_BEHIND : END[operation]),
        failureCode: null,
      });
      return {};
    },
  },
};

/** Each step is for the operations that its words list. */
const stepsByOperation = Object.fromEntries(
  NODE_OPERATION_STEPS.map(({ id, operations }) => [
    id,
    { ...STEPS[id], isFor: ({ operation }: Data) => (operations as readonly NodeOperation[]).includes(operation) },
  ]),
) as Record<NodeOperationStepId, Step>;

/** Stops, starts, replaces or removes one node. */
export const operateNode = defineWork<Ports>()({
  id: WORK_IDS.operateNode,
  on: [operationRequested],
  subject: "nodeId",
  generation: "generation",
  words: NODE_OPERATION_STEPS,
  steps: stepsByOperation,
  concurrency: { oneAtATimeBy: "setupRequestId" },
  tries: 4,
  limit: {
    minutes: OPERATION_TIMEOUT_MINUTES,
    failure: {
      code: "validators.operation_timeout",
      message: `This took longer than ${OPERATION_TIMEOUT_MINUTES} minutes and was given up. Look at the node's log, then try again.`,
    },
  },
  open: (ctx, { data: { nodeId, generation } }, step) => beginOperationStep(ctx, { nodeId, generation, step }),
  fail: (ctx, { data: { nodeId, generation }, runId }, { code, message }) =>
    failOperation(ctx, { nodeId, generation, runId, code, sentence: message }),
  stalled: async (db, { afterId, limit }) =>
    (await listNodesUnderOperation(db, afterId, limit)).flatMap((node) => {
      if (node.operation === null || node.operation === "provision") return [];
      const { id: nodeId, setupRequestId, organizationId, operation, generation } = node;
      const begunAt = node.operationStartedAt ?? node.updatedAt;
      const data = { nodeId, setupRequestId, organizationId, operation, generation };
      return [{ id: nodeId, event: operationRequested, data, changedAt: begunAt, beganAt: begunAt }];
    }),
});
