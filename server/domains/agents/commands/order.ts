import { AGENT_COMMANDS, type AgentCommandKind } from "@/lib/contracts/agent/command";
import type { CommandCtx } from "@/server/kernel/context";
import { COMMAND_TTL_SECONDS } from "../constants";
import { agentsDomain } from "../domain";
import { type AgentRow, insertCommand } from "../repository";

/** Gives the agent a command, a part of the command that wants it; one that waits already is not given twice. */
export async function orderAgent(
  ctx: CommandCtx<string | null>,
  agent: Pick<AgentRow, "id" | "kind">,
  kind: AgentCommandKind,
  payload: Readonly<Record<string, string>>,
): Promise<boolean> {
  if (!(AGENT_COMMANDS[agent.kind] as readonly string[]).includes(kind)) {
    throw new Error(`a ${agent.kind} agent knows no command ${kind}`);
  }
  return insertCommand(ctx.tx, {
    id: agentsDomain.newId("command"),
    agentId: agent.id,
    kind,
    payload,
    issuedAt: ctx.now,
    expiresAt: new Date(ctx.now.getTime() + COMMAND_TTL_SECONDS * 1_000),
  });
}
