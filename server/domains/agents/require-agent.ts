import type { Actor } from "@/server/kernel/context";
import { agentNotFound, notAnAgent } from "./errors";
import type { AgentRow } from "./repository";
import { findAgent } from "./repository";

/** One of the organisation's machines, whoever acts; undefined when it has no such one. */
export const findOwnAgent = (
  db: Parameters<typeof findAgent>[0],
  organizationId: string,
  agentId: string,
): Promise<AgentRow | undefined> => findAgent(db, organizationId, agentId);

/** The acting machine's own row. @throws forbidden agents.not_an_agent, not_found agents.agent_not_found */
export async function requireAgent(
  db: Parameters<typeof findAgent>[0],
  actor: Actor,
  kind: AgentRow["kind"],
): Promise<AgentRow> {
  if (actor.kind !== "agent") throw notAnAgent();
  const agent = await findAgent(db, null, actor.agentId);
  if (!agent) throw agentNotFound(actor.agentId);
  if (agent.kind !== kind) throw notAnAgent();
  return agent;
}
