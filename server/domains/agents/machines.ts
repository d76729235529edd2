import { agentCommands, agents } from "@/db/schema/agents";
import { machine } from "@/server/kernel/machine";
import { AGENT_MOVES, COMMAND_MOVES } from "./states";

/** A machine's agent; that it is heard of or silent is only measured, that it is revoked was somebody's act. */
export const agentMachine = machine({
  table: agents,
  column: "status",
  moves: AGENT_MOVES,
  refusal: { code: "agents.invalid_transition", subject: "The machine" },
  audit: ({ to, row }) =>
    to === "revoked"
      ? {
          action: "agents.agent.revoked",
          targetType: "agent",
          targetId: row.id,
          organizationId: row.organizationId,
          details: { kind: row.kind, machineId: row.machineId },
        }
      : null,
});

/** A command to an agent: who gave it audited that; what became of it is the agent's word. */
export const commandMachine = machine({
  table: agentCommands,
  column: "status",
  movedAtColumn: "settledAt",
  moves: COMMAND_MOVES,
  refusal: { code: "agents.invalid_transition", subject: "The command" },
  audit: () => null,
});
