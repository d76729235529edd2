import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { agentNotFound } from "./errors";
import { agentMachine } from "./machines";
import { findAgent } from "./repository";
import { AgentRef } from "./schemas";

/** Ends a machine for good; its next request is refused. @throws not_found agents.agent_not_found, invalid_state agents.invalid_transition */
export const revokeAgent = defineCommand({
  verb: "agents.revoke-agent",
  scope: "agents:admin",
  tenancy: "organization",
  input: AgentRef,
  output: AgentRef,
  run: async (ctx, input) => {
    const agent = await findAgent(ctx.tx, ctx.organizationId, input.agentId);
    if (!agent) throw agentNotFound(input.agentId);
    await move(ctx, agentMachine, agent, "revoked", { patch: { revokedAt: ctx.now } });
    return { agentId: agent.id };
  },
});
