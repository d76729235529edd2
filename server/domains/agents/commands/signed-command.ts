import { type AgentCommand, commandBytes } from "@/lib/contracts/agent/command";
import { AGENT_PROTOCOL_VERSION } from "@/lib/contracts/agent/version";
import type { AgentAuthority } from "@/server/ports/agent-authority";
import type { CommandRow } from "../repository";

/** The row as it travels: signed anew each time, so that a new secret of the installation reaches commands that wait. */
export function signedCommand(authority: AgentAuthority, row: CommandRow): AgentCommand {
  const command = {
    version: AGENT_PROTOCOL_VERSION,
    commandId: row.id,
    agentId: row.agentId,
    kind: row.kind,
    payload: { ...row.payload },
    issuedAt: row.issuedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  } as const;
  return { ...command, signature: authority.sign(commandBytes(command)) };
}
