import type { z } from "zod";
import { listValidatorFacts, transactionInFlight } from "@/server/domains/chain";
import type { CommandCtx } from "@/server/kernel/context";
import { defineCommand } from "@/server/kernel/verbs";
import type { NodeOperation } from "../constants";
import {
  alreadyRunning,
  alreadyStopped,
  nodeHeld,
  nodeNotFound,
  nodeStillNeeded,
  notOnOwnMachine,
  operationUnderWay,
  setupRequestNotFound,
  signsElsewhere,
  validatorOver,
} from "../errors";
import { operationRequested } from "../events";
import { hasSignedLately } from "../local/duplicate-signer";
import { listMachinesOfKey } from "../local/repository";
import { chainRefOf, isShutOut } from "../requests/missed-by-chain";
import { findSetup, type SetupRow } from "../requests/repository";
import { canStart, canStop, isGivenUp } from "../states";
import { noteEvent } from "../story/note-event";
import { findLiveNodeOf, lockNode, type NodeRow, updateNode } from "./repository";
import { NodeActAnswer, NodeTarget } from "./schemas";

const DESIRED = { stop: "stopped", start: "running", redeploy: "running", terminate: "terminated" } as const;
type Requested = Exclude<NodeOperation, "provision">;
const WORDS: Record<Requested, string> = {
  stop: "Stop requested.",
  start: "Start requested.",
  redeploy: "Redeploy requested: key and sign state stay.",
  terminate: "Removal of the node requested: its volume stays.",
};

const ANSWERS = {
  stop: { message: "The node is being stopped.", status: "stopping" },
  start: { message: "The node is being started.", status: "starting" },
  redeploy: { message: "The node is being replaced.", status: "provisioning" },
  terminate: { message: "The node is being removed.", status: "terminating" },
} as const;

/** What chain has recorded of the request's validator; nothing before there is one. */
async function readChain(ctx: CommandCtx<string | null>, setup: SetupRow) {
  const [facts] = setup.status === "active" ? await listValidatorFacts(ctx.tx, [chainRefOf(setup)]) : [];
  return facts;
}

/** Whether the chain would never take a signature of this key again: one that ended or was shut out stays down. */
const isOver = async (ctx: CommandCtx<string | null>, setup: SetupRow): Promise<boolean> => {
  const facts = await readChain(ctx, setup);
  return setup.status === "ended" || (facts !== undefined && isShutOut(setup, facts));
};

/** What a start says besides: a jailed validator's node comes up and signs nothing. @throws invalid_state validators.validator_over */
async function startWords(ctx: CommandCtx<string | null>, setup: SetupRow): Promise<string> {
  if (await isOver(ctx, setup)) throw validatorOver();
  const facts = await readChain(ctx, setup);
  return facts?.seen?.jailed === true ? " The validator is jailed: it signs nothing until its owner unjails it." : "";
}

/** Another machine that signed with this key lately may sign on. @throws conflict validators.signs_elsewhere */
async function assertSignsNowhereElse({ tx, now }: CommandCtx<string | null>, setup: SetupRow): Promise<void> {
  if (setup.consensusPubkey === null) return;
  const machines = await listMachinesOfKey(tx, setup.networkId, setup.consensusPubkey);
  const signing = machines.find((machine) => hasSignedLately(machine, now));
  if (!signing) return;
  throw signsElsewhere(signing.organizationId === setup.organizationId ? signing.machineName : "of somebody else");
}

/** Sets what is wanted, takes the node's one operation slot and emits. Of two at once, the second finds the slot taken. */
export async function requestOperation(ctx: CommandCtx<string | null>, node: NodeRow, operation: Requested) {
  if (node.operation !== null) throw operationUnderWay(node.operation);
  if (operation === "stop" && !canStop(node)) throw alreadyStopped();
  if (operation === "start" && !canStart(node)) throw alreadyRunning();
  const setup = await findSetup(ctx.tx, null, node.setupRequestId);
  if (!setup) throw setupRequestNotFound(node.setupRequestId);
  // What a request that was given up held is being removed: nothing may start there again.
  if (operation !== "terminate" && isGivenUp(setup.status)) throw nodeNotFound(node.id);
  const besides = operation === "start" || operation === "redeploy" ? await startWords(ctx, setup) : "";
  // Signed already: without its node the validator would be jailed as soon as a block has it. Whoever accepts a signature holds the node's lock.
  if (operation === "terminate" && setup.status === "chain_tx_pending") throw transactionInFlight(setup.chainTxHash);
  if (operation === "start" || operation === "redeploy") {
    if (node.heldAt !== null) throw nodeHeld(node.heldReason ?? "");
    await assertSignsNowhereElse(ctx, setup);
  }
  const generation = node.generation + 1;
  await updateNode(ctx.tx, node.id, {
    operation,
    operationStep: null,
    operationStartedAt: ctx.now,
    generation,
    desiredState: DESIRED[operation],
    statusMessage: WORDS[operation],
  });
  const message = `${WORDS[operation]}${besides}`;
  await noteEvent(ctx, setup, { type: "activity", message, details: { operation } });
  await ctx.emit(operationRequested, {
    nodeId: node.id,
    setupRequestId: node.setupRequestId,
    organizationId: node.organizationId,
    operation,
    generation,
  });
  ctx.audit({
    action: `validators.node.${operation}_requested`,
    targetType: "node",
    targetId: node.id,
    organizationId: node.organizationId,
    details: { setupRequestId: node.setupRequestId, generation },
  });
  const { message: answer, status } = ANSWERS[operation];
  const ref = { nodeId: node.id, setupRequestId: node.setupRequestId, operation, generation };
  return { ...ref, status, message: `${answer}${besides}` };
}

/** The node that is meant, locked: of a request, the one that it has now. */
export async function lockTarget(
  ctx: CommandCtx<string | null>,
  target: z.output<typeof NodeTarget>,
): Promise<NodeRow> {
  const { setupRequestId, nodeId } = target;
  if (setupRequestId === undefined) {
    const node = nodeId === undefined ? undefined : await lockNode(ctx.tx, ctx.organizationId, nodeId);
    if (!node || node.status === "terminated") throw nodeNotFound(nodeId ?? "");
    return node;
  }
  const setup = await findSetup(ctx.tx, ctx.organizationId, setupRequestId);
  if (!setup) throw setupRequestNotFound(setupRequestId);
  if (setup.runMode === "local") throw notOnOwnMachine();
  const live = await findLiveNodeOf(ctx.tx, setup.id);
  const node = live && (await lockNode(ctx.tx, ctx.organizationId, live.id));
  // It may have ended while its lock was waited for.
  if (!node || node.status === "terminated") throw nodeNotFound(setupRequestId);
  return node;
}

const act = async (ctx: CommandCtx<string | null>, target: z.output<typeof NodeTarget>, operation: Requested) =>
  requestOperation(ctx, await lockTarget(ctx, target), operation);

const nodeAct = (operation: Exclude<Requested, "terminate">) =>
  defineCommand({
    verb: `validators.${operation}-node`,
    scope: "validators:write",
    tenancy: "organization",
    audience: ["organization", "platform"],
    input: NodeTarget,
    output: NodeActAnswer,
    run: (ctx, input) => act(ctx, input, operation),
  });

/** @throws invalid_state validators.already_stopped, conflict validators.operation_under_way */
export const stopNode = nodeAct("stop");
/** @throws invalid_state validators.already_running, conflict validators.operation_under_way */
export const startNode = nodeAct("start");
/** Stop, replace, start; key and sign state stay on the volume. @throws conflict validators.operation_under_way */
export const redeployNode = nodeAct("redeploy");

/**
 * Removes the node and keeps its volume with key and sign state: any node for operators, for its owners that of a validator that is over.
 * @throws conflict validators.operation_under_way, chain.transaction_in_flight, invalid_state validators.still_needed
 */
export const terminateNode = defineCommand({
  verb: "validators.terminate-node",
  scope: "validators:write",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: NodeTarget,
  output: NodeActAnswer,
  run: async (ctx, input) => {
    const node = await lockTarget(ctx, input);
    const setup = await findSetup(ctx.tx, ctx.organizationId, node.setupRequestId);
    if (!setup) throw setupRequestNotFound(node.setupRequestId);
    if (ctx.organizationId !== null && !(await isOver(ctx, setup))) throw nodeStillNeeded();
    return requestOperation(ctx, node, "terminate");
  },
});
