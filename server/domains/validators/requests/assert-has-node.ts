import type { Transaction } from "@/db/client";
import { chainIdsByNetwork } from "@/server/domains/chain";
import type { CommandCtx } from "@/server/kernel/context";
import type { NodeStatus } from "../constants";
import { machineNotReady, nodeRemoved } from "../errors";
import { listMachinesOfSetups, type MachineRow } from "../local/repository";
import { toMachine } from "../local/to-machine";
import { findLiveNodeOf, lockNode } from "../nodes/repository";
import type { SetupRow } from "./repository";

/**
 * Whether the validator about to be signed for has its node: an operator may have removed it since it was ready. @throws conflict
 * validators.node_removed
 */
export function assertStays(node: { readonly status: NodeStatus; readonly operation: string | null } | null): void {
  if (!node || node.status === "terminated" || node.operation === "terminate") throw nodeRemoved();
}

/** Whether the machine that is to sign for the validator is heard of on the network's chain and in sync. @throws invalid_state validators.machine_not_ready */
async function assertReports(tx: Transaction, machine: MachineRow | undefined, now: Date): Promise<void> {
  const shown = machine && toMachine(machine, now, await chainIdsByNetwork(tx));
  if (!shown?.isOnline) throw machineNotReady("silent");
  if (shown.warnings.includes("other_chain")) throw machineNotReady("other_chain");
  if (shown.isSynced !== true) throw machineNotReady("catching_up");
}

/** The same under the node's lock, for who keeps a document and who takes the signed one. @throws conflict validators.node_removed, invalid_state validators.machine_not_ready */
export async function assertHasNode(
  { tx, now }: Pick<CommandCtx, "tx" | "now">,
  { id: setupRequestId, runMode }: Pick<SetupRow, "id" | "runMode">,
): Promise<void> {
  if (runMode === "local") return assertReports(tx, (await listMachinesOfSetups(tx, [setupRequestId]))[0], now);
  const live = await findLiveNodeOf(tx, setupRequestId);
  assertStays((live && (await lockNode(tx, null, live.id))) ?? null);
}
