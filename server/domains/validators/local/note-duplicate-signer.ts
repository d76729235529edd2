import { orderAgent } from "@/server/domains/agents";
import { chainIdsByNetwork } from "@/server/domains/chain";
import type { CommandCtx, ServiceCtx } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import { findSetup } from "../requests/repository";
import { noteEvent } from "../story/note-event";
import { signTogether } from "./duplicate-signer";
import {
  findMachine,
  findOwnNodeOfKey,
  listMachinesOfKey,
  lockMachine,
  type MachineRow,
  markConflict,
} from "./repository";
import { isOnOtherChain } from "./to-machine";

/** Who signs beside the machine; null when nobody does. */
type OtherSigner = { readonly name: string; readonly agentId: string | null };

async function otherSignerOf(
  db: Parameters<typeof findMachine>[0],
  own: MachineRow,
  now: Date,
): Promise<OtherSigner | null> {
  const chainIds = await chainIdsByNetwork(db);
  // What a machine signs on another chain is no second signature here.
  if (isOnOtherChain(own, chainIds)) return null;
  const machines = (await listMachinesOfKey(db, own.networkId, own.consensusPubkey)).filter(
    (machine) => !isOnOtherChain(machine, chainIds),
  );
  const other = machines.find((machine) => machine.agentId !== own.agentId && signTogether(own, machine, now));
  if (other) {
    // Another organisation's machine has no name here.
    return {
      name: other.organizationId === own.organizationId ? other.machineName : "a machine of somebody else",
      agentId: other.agentId,
    };
  }
  const node = await findOwnNodeOfKey(db, own.networkId, own.consensusPubkey);
  const isSigningNow = own.signAdvancedAt !== null && own.signAdvancedAt.getTime() === own.lastSeenAt.getTime();
  return node && isSigningNow ? { name: `the node ${node.id} on a host of ours`, agentId: null } : null;
}

/** Marks the machine, tells the validator's story and the machine itself; two reports at once find the first one's mark under the lock. */
const noteDuplicate = defineChange(
  "validators.note-duplicate-signer",
  async (ctx: CommandCtx<string | null>, input: { readonly agentId: string; readonly other: OtherSigner }) => {
    const machine = await lockMachine(ctx.tx, input.agentId);
    if (!machine) return;
    const isNew = machine.conflictAt === null;
    await markConflict(ctx.tx, machine.agentId, { conflictAt: ctx.now, conflictWith: input.other.name });
    ctx.audit({
      action: isNew ? "validators.duplicate_signer.found" : "validators.duplicate_signer.seen_again",
      targetType: "agent",
      targetId: machine.agentId,
      organizationId: machine.organizationId,
      details: { consensusPubkey: machine.consensusPubkey, networkId: machine.networkId, with: input.other.name },
    });
    if (!isNew) return;
    await orderAgent(ctx, { id: machine.agentId, kind: "validator" }, "warn-duplicate-signer", {
      consensusPubkey: machine.consensusPubkey,
      with: input.other.name,
    });
    const setup = machine.setupRequestId === null ? undefined : await findSetup(ctx.tx, null, machine.setupRequestId);
    if (!setup) return;
    await noteEvent(ctx, setup, {
      type: "activity",
      message: `Two machines sign with this validator's key: ${machine.machineName} and ${input.other.name}. Stop one of them at once: signing one height twice ends the validator for good.`,
      details: { duplicateSigner: true, machineId: machine.machineId, with: input.other.name },
    });
  },
);

const clearConflict = defineChange(
  "validators.clear-duplicate-signer",
  async (ctx: CommandCtx<string | null>, input: { readonly agentId: string }) => {
    const machine = await lockMachine(ctx.tx, input.agentId);
    if (!machine || machine.conflictAt === null) return;
    await markConflict(ctx.tx, machine.agentId, { conflictAt: null, conflictWith: null });
    const setup = machine.setupRequestId === null ? undefined : await findSetup(ctx.tx, null, machine.setupRequestId);
    if (!setup) return;
    await noteEvent(ctx, setup, {
      type: "activity",
      message: `${machine.machineName} is the only machine again that signs with this validator's key.`,
    });
  },
  { telemetry: true },
);

/** A mark is taken off when no second signer was seen for this long. */
const CLEAR_AFTER_MS = 10 * 60_000;

/** Holds the machine's newest report against all others with its key; repeats with each report, so that a crash in between costs one report. */
export async function judgeSigner(ctx: ServiceCtx, agentId: string): Promise<void> {
  const own = await findMachine(ctx.db, agentId);
  if (!own) return;
  const now = ctx.now();
  const other = await otherSignerOf(ctx.db, own, now);
  if (other) {
    // Told at once when it is new, then kept fresh without an audit row for each report.
    if (own.conflictAt === null || now.getTime() - own.conflictAt.getTime() > CLEAR_AFTER_MS / 2) {
      await noteDuplicate(ctx, { agentId, other });
    }
  } else if (own.conflictAt !== null && now.getTime() - own.conflictAt.getTime() > CLEAR_AFTER_MS) {
    await clearConflict(ctx, { agentId });
  }
}
