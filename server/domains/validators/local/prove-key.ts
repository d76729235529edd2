import type { z } from "zod";
import { keyProofBytes } from "@/lib/contracts/agent/enrolment";
import { AGENT_OFFLINE_AFTER_SECONDS } from "@/lib/contracts/agent/version";
import { findOwnAgent, isSignedBy } from "@/server/domains/agents";
import { networkOf } from "@/server/domains/chain";
import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { violatedUniqueIndex } from "@/server/kernel/serialization-retry";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import {
  keyNotProven,
  keyOfAnother,
  keyUsedOnChain,
  machineNotReady,
  notInLocalMode,
  setupRequestNotFound,
} from "../errors";
import { isKeyOnChain } from "../nodes/unmake-node";
import { setupMachine } from "../requests/machine";
import { findSetup, lockSetup } from "../requests/repository";
import { SetupRequestView } from "../requests/schemas";
import { toSetupView } from "../requests/to-view";
import { findMachine } from "./repository";
import { ProveLocalKeyInput } from "./schemas";

type Proven = z.output<typeof ProveLocalKeyInput> & { readonly chainId: string };

/** The request takes the key that its machine proved, and waits for its owner's signature. Proving the same key again changes nothing. */
const recordProvenKey = defineChange("validators.record-proven-key", async (ctx: CommandCtx, input: Proven) => {
  const setup = await lockSetup(ctx.tx, ctx.organizationId, input.setupRequestId);
  if (!setup) throw setupRequestNotFound(input.setupRequestId);
  if (setup.runMode !== "local") throw notInLocalMode();
  const { consensusPubkey, proof } = input;
  const agent = await findOwnAgent(ctx.tx, ctx.organizationId, proof.agentId);
  const isOwn =
    agent?.status !== "revoked" &&
    agent?.networkId === setup.networkId &&
    agent.walletAddress === setup.walletAddress &&
    agent.consensusPubkey === consensusPubkey;
  const claim = { setupRequestId: setup.id, generation: setup.generation, consensusPubkey };
  if (!isOwn || agent.publicKey === null || !isSignedBy(agent.publicKey, keyProofBytes(claim), proof.signature)) {
    throw keyNotProven();
  }
  if (setup.status !== "pending" && setup.consensusPubkey === consensusPubkey) {
    ctx.audit({ action: "validators.setup_request.key_proven_again", targetType: "setup_request", targetId: setup.id });
    return toSetupView(setup, undefined, { chain: null, now: ctx.now });
  }
  const machine = await findMachine(ctx.tx, agent.id);
  const ageSeconds = machine ? (ctx.now.getTime() - machine.lastSeenAt.getTime()) / 1_000 : Number.POSITIVE_INFINITY;
  // Its reports are for another request, e.g. that of a validator which ended.
  if (machine && machine.setupRequestId !== setup.id) throw keyNotProven();
  if (!machine || ageSeconds >= AGENT_OFFLINE_AFTER_SECONDS) throw machineNotReady("silent");
  if (machine.chainId !== null && machine.chainId !== input.chainId) throw machineNotReady("other_chain");
  if (machine.isCatchingUp !== false) throw machineNotReady("catching_up");
  const ready = await move(ctx, setupMachine, setup, "ready_for_chain_tx", {
    patch: {
      statusMessage: "The node on your machine has proven its key and is in sync.",
      consensusPubkey,
      progressPercent: 100,
      provisioningCompletedAt: ctx.now,
      errorMessage: null,
    },
    story: {
      type: "progress",
      message: `${machine.machineName} proved the node's key; the node is in sync at height ${machine.blockHeight}.`,
      details: { machineId: machine.machineId, agentId: agent.id },
    },
  }).catch((thrown: unknown) => {
    if (violatedUniqueIndex(thrown) === "validator_setup_requests_live_pubkey_uq") throw keyOfAnother();
    throw thrown;
  });
  return toSetupView(ready, undefined, { chain: null, now: ctx.now });
});

/**
 * Takes the proof of a machine of one's own that its node has this consensus key: signed by the machine's own key for this request, while it reports
 * a node in sync on the right chain. @throws invalid validators.key_not_proven, invalid_state validators.machine_not_ready, conflict
 * validators.key_of_another, validators.key_used_on_chain
 */
export const proveLocalKey = defineFlow<Ports>()({
  verb: "validators.prove-local-key",
  scope: "agents:write",
  tenancy: "organization",
  input: ProveLocalKeyInput,
  output: SetupRequestView,
  run: async (ctx, input) => {
    const setup = await findSetup(ctx.db, ctx.organizationId, input.setupRequestId);
    if (!setup) throw setupRequestNotFound(input.setupRequestId);
    if (setup.runMode !== "local") throw notInLocalMode();
    const { network } = await networkOf(ctx, setup.networkId);
    // A validator that signs elsewhere already has this key: a second one would double-sign.
    if (setup.status === "pending" && (await isKeyOnChain(ctx.ports, network, input.consensusPubkey)))
      throw keyUsedOnChain();
    return recordProvenKey(ctx, { ...input, chainId: network.chainId });
  },
});
