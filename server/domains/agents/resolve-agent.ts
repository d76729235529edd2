import { z } from "zod";
import { agentRequestBytes } from "@/lib/contracts/agent/request";
import type { Actor } from "@/server/kernel/context";
import { boundedText } from "@/server/kernel/text";
import { defineCommand, defineQuery } from "@/server/kernel/verbs";
import { AGENT_SCOPES, MAX_CLOCK_SKEW_SECONDS } from "./constants";
import { isSignedBy } from "./ed25519";
import { agentRevoked, clockSkewed, replayed, signatureRefused } from "./errors";
import { type AgentRow, findAgent, findAgentByToken, takeCounter } from "./repository";
import { ResolveAgentInput } from "./schemas";

/** Whom a machine's credential stands for. */
export type AgentPrincipal = {
  readonly actor: Extract<Actor, { kind: "agent" }>;
  readonly organizationId: string | null;
};

const principalOf = (agent: AgentRow): AgentPrincipal => ({
  actor: { kind: "agent", agentId: agent.id, scopes: AGENT_SCOPES },
  organizationId: agent.organizationId,
});

/**
 * The agent that signed this very request. Its row is read anew each time, so that a revoked one is refused with its next request, and its counter
 * is taken: the same request again is refused, also when both come at once.
 * @throws unauthenticated agents.signature_refused, agents.clock_skewed, agents.revoked, agents.replayed
 */
export const resolveAgent = defineCommand({
  verb: "agents.resolve-agent",
  scope: null,
  because: "sign-in",
  tenancy: "platform",
  telemetry: true,
  input: ResolveAgentInput,
  run: async (ctx, input): Promise<AgentPrincipal> => {
    const agent = await findAgent(ctx.tx, null, input.agentId);
    if (!agent?.publicKey || !isSignedBy(agent.publicKey, agentRequestBytes(input), input.signature)) {
      throw signatureRefused();
    }
    const skewSeconds = Math.round((Date.parse(input.sentAt) - ctx.now.getTime()) / 1_000);
    // A text of a time's shape may be no time, and no time is not too old.
    if (Number.isNaN(skewSeconds)) throw signatureRefused();
    if (Math.abs(skewSeconds) > MAX_CLOCK_SKEW_SECONDS) throw clockSkewed(skewSeconds, ctx.now);
    if (agent.status === "revoked") throw agentRevoked();
    if (!(await takeCounter(ctx.tx, agent.id, input.counter))) {
      const now = await findAgent(ctx.tx, null, agent.id);
      throw now?.status === "revoked" ? agentRevoked() : replayed(now?.lastCounter ?? agent.lastCounter);
    }
    return principalOf(agent);
  },
});

/** The machine behind the hash of a device token; null when there is none, or it was revoked. */
export const resolveDevice = defineQuery({
  verb: "agents.resolve-device",
  scope: null,
  because: "sign-in",
  tenancy: "platform",
  input: z.strictObject({ tokenHash: boundedText(128) }),
  run: async (ctx, input): Promise<AgentPrincipal | null> => {
    const agent = await findAgentByToken(ctx.db, input.tokenHash);
    return agent && agent.status !== "revoked" ? principalOf(agent) : null;
  },
});
