import type { CommandReceipt } from "@/lib/contracts/agent/command";
import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { commandMachine } from "../machines";
import { listUnsettledCommands } from "../repository";

/** Takes the agent's word on its own commands; one that is settled, or another agent's, changes nothing: receipts come at least once. */
export async function settleCommands(
  ctx: CommandCtx<string | null>,
  agentId: string,
  receipts: readonly CommandReceipt[],
): Promise<void> {
  const byId = new Map(receipts.map((receipt) => [receipt.commandId, receipt]));
  for (const command of await listUnsettledCommands(ctx.tx, agentId, [...byId.keys()])) {
    const receipt = byId.get(command.id);
    if (!receipt) continue;
    await move(ctx, commandMachine, command, receipt.outcome, { patch: { message: receipt.message ?? null } });
  }
}
