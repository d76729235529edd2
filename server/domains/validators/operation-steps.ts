import { z } from "zod";
import { networkOf } from "@/server/domains/chain";
import type { ServiceCtx } from "@/server/kernel/context";
import { timedOut } from "@/server/kernel/errors";
import { defineQuery } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { NODE_OPERATION_STEPS, type NodeOperation, type NodeOperationStepId, type NodeStatus } from "./constants";
import { nodeNotFound, setupRequestNotFound } from "./errors";
import { initialiseNode, launchNode } from "./make-node";
import { nodeSpecOf } from "./node-spec";
import { watchNodeSync } from "./read-node-sync";
import { recordNodeStarted } from "./record-node";
import { recordWatermark } from "./record-watermark";
import { findNode, findSetup } from "./repository";
import { beginOperationStep, finishOperation, guardSignState } from "./run-node-operation";
import { haltNode, readSignState, removeNode } from "./unmake-node";

type Ctx = ServiceCtx<Ports>;
/** Names one operation on one node, and the job run that acts for it. */
export type OperationAttempt = {
  readonly nodeId: string;
  readonly generation: number;
  readonly runId: string;
  /** The node was looked at as often as a run looks, and has not caught up; it goes on doing so by itself. */
  readonly isBehind: boolean;
  readonly operation: Exclude<NodeOperation, "provision">;
};
export type OperationStepResult = { readonly isWaiting: boolean };

const SYNC_LOOK_MS = 15_000;
const DONE: OperationStepResult = { isWaiting: false };

/** Rows of one node as our own jobs need them. */
export const getNodeFacts = defineQuery({
  verb: "validators.get-node-facts",
  scope: "platform:read",
  tenancy: "platform",
  input: z.strictObject({ nodeId: z.string() }),
  run: async (ctx, input) => {
    const node = await findNode(ctx.db, null, input.nodeId);
    if (!node) throw nodeNotFound(input.nodeId);
    const setup = await findSetup(ctx.db, null, node.setupRequestId);
    if (!setup) throw setupRequestNotFound(node.setupRequestId);
    return { node, setup };
  },
});

type Facts = Awaited<ReturnType<typeof getNodeFacts>>;
const whereOf = ({ node }: Facts) => ({ runtime: node.hostKind, nodeId: node.id, volumeId: node.volumeId });

async function onHostOf(ctx: Ctx, facts: Facts) {
  const { network } = await networkOf(ctx, facts.node.networkId);
  const spec = nodeSpecOf(facts.node, { moniker: facts.setup.validatorName, chainId: network.chainId });
  return { network, onHost: { runtime: facts.node.hostKind, spec } };
}

const END: Record<OperationAttempt["operation"], { status: NodeStatus; sentence: string }> = {
  stop: { status: "stopped", sentence: "The node is stopped. Every block it misses counts against the validator." },
  start: { status: "synced", sentence: "The node runs again and is in sync." },
  redeploy: { status: "synced", sentence: "The node was replaced; key and sign state are the same." },
  terminate: { status: "terminated", sentence: "The node is removed; its volume with the key is kept." },
};

const END_BEHIND = {
  status: "syncing",
  sentence: "The node runs and is still catching up; it signs as soon as it is in sync.",
} as const;

/** The work of each step of the registry; each may run again after a crash at any line. */
const WORK: Record<
  NodeOperationStepId,
  (ctx: Ctx, attempt: OperationAttempt, facts: Facts) => Promise<OperationStepResult>
> = {
  begin: async () => DONE,
  halt: async (ctx, _attempt, facts) => {
    const { state } = await haltNode(ctx, whereOf(facts));
    if (state === "running" || state === "starting")
      throw timedOut("validators.still_running", "The node has not ended yet; it is asked once more.");
    return DONE;
  },
  "read-sign-state": async (ctx, _attempt, facts) => {
    const { signState } = await readSignState(ctx, whereOf(facts));
    await recordWatermark(ctx, { volumeId: facts.node.volumeId, signState });
    return DONE;
  },
  replace: async (ctx, _attempt, facts) => {
    await removeNode(ctx, { ...whereOf(facts), removeVolume: false });
    return DONE;
  },
  configure: async (ctx, _attempt, facts) => {
    await initialiseNode(ctx, (await onHostOf(ctx, facts)).onHost);
    return DONE;
  },
  guard: async (ctx, attempt, facts) => {
    const { signState } = await readSignState(ctx, whereOf(facts));
    await guardSignState(ctx, { nodeId: attempt.nodeId, generation: attempt.generation, found: signState });
    return DONE;
  },
  launch: async (ctx, { nodeId, generation }, facts) => {
    const { onHost } = await onHostOf(ctx, facts);
    await recordNodeStarted(ctx, { nodeId, generation, ...(await launchNode(ctx, onHost)) });
    return DONE;
  },
  "catch-up": async (ctx, _attempt, facts) => {
    const { network } = await networkOf(ctx, facts.node.networkId);
    const rpcUrl = facts.node.rpcUrl;
    if (!rpcUrl) throw timedOut("validators.node_silent", "The host has not told the node's address yet.");
    const seen = await watchNodeSync(ctx, { network, nodeId: facts.node.id, rpcUrl, forMs: SYNC_LOOK_MS });
    return { isWaiting: !seen.isSynced };
  },
  remove: async (ctx, _attempt, facts) => {
    await removeNode(ctx, { ...whereOf(facts), removeVolume: false });
    return DONE;
  },
  finish: async (ctx, attempt) => {
    await finishOperation(ctx, {
      nodeId: attempt.nodeId,
      generation: attempt.generation,
      runId: attempt.runId,
      ...(attempt.isBehind ? END_BEHIND : END[attempt.operation]),
      failureCode: null,
    });
    return DONE;
  },
};

/** Runs one step: opens it (or refuses, when another operation took over) and does its work. */
export async function runOperationStep(
  ctx: Ctx,
  attempt: OperationAttempt,
  step: NodeOperationStepId,
): Promise<OperationStepResult> {
  await beginOperationStep(ctx, {
    nodeId: attempt.nodeId,
    generation: attempt.generation,
    runId: attempt.runId,
    step,
  });
  const facts = await getNodeFacts(ctx, { nodeId: attempt.nodeId });
  return WORK[step](ctx, attempt, facts);
}

/** Steps of one operation, in order. */
export function operationStepIds(operation: OperationAttempt["operation"]): readonly NodeOperationStepId[] {
  return NODE_OPERATION_STEPS.filter((step) => (step.operations as readonly NodeOperation[]).includes(operation)).map(
    (step) => step.id,
  );
}
