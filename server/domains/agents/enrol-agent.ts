import type { z } from "zod";
import { enrolmentBytes } from "@/lib/contracts/agent/enrolment";
import { AGENT_HEARTBEAT_SECONDS, AGENT_PROTOCOL_VERSION } from "@/lib/contracts/agent/version";
import type { CommandCtx } from "@/server/kernel/context";
import { violatedUniqueIndex } from "@/server/kernel/serialization-retry";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { AgentAuthority } from "@/server/ports/agent-authority";
import type { TokenMinter } from "@/server/ports/token-minter";
import { agentsDomain } from "./domain";
import { isSignedBy } from "./ed25519";
import { enrolmentRefused, keyTaken, versionUnsupported } from "./errors";
import { hasEnrolment, insertAgent, takeEnrolment } from "./repository";
import { EnrolAgentInput, EnrolledAgent } from "./schemas";

type Enrolment = Omit<z.output<typeof EnrolAgentInput>, "token"> & { readonly tokenHash: string };

/** Takes the token for its one use: whoever comes second, with whatever key, finds it gone. */
const recordEnrolled = defineChange(
  "agents.record-enrolled",
  async (ctx: CommandCtx<string | null>, input: Enrolment) => {
    const enrolment = await takeEnrolment(ctx.tx, input.tokenHash);
    // Of two at once with one token the second finds it gone, as a stranger does; nothing happened, so nothing is told of it.
    if (!enrolment) throw enrolmentRefused();
    const isMeant =
      enrolment.expiresAt > ctx.now &&
      (enrolment.machineId === null || enrolment.machineId === input.machineId) &&
      enrolment.consensusPubkey === input.consensusPubkey;
    // A token that was shown to the wrong machine stays used, or another guess would be free: the refusal must commit, so it is told and not thrown.
    if (!isMeant) {
      ctx.audit({
        action: "agents.enrolment.refused",
        targetType: "enrolment",
        targetId: enrolment.id,
        organizationId: enrolment.organizationId,
        details: { machineId: input.machineId },
      });
      return null;
    }
    const agent = await insertAgent(ctx.tx, {
      id: agentsDomain.newId("agent"),
      kind: enrolment.kind,
      organizationId: enrolment.organizationId,
      name: enrolment.name,
      machineId: input.machineId,
      publicKey: input.publicKey,
      agentVersion: input.agentVersion,
      networkId: enrolment.networkId,
      walletAddress: enrolment.walletAddress,
      consensusPubkey: enrolment.consensusPubkey,
      subjectId: enrolment.subjectId,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    }).catch((thrown: unknown) => {
      if (violatedUniqueIndex(thrown) === "agents_public_key_uq") throw keyTaken();
      throw thrown;
    });
    ctx.audit({
      action: "agents.agent.enrolled",
      targetType: "agent",
      targetId: agent.id,
      organizationId: agent.organizationId,
      details: { kind: agent.kind, machineId: agent.machineId, subjectId: agent.subjectId },
    });
    const { kind, walletAddress, networkId, consensusPubkey } = agent;
    return { agentId: agent.id, kind, walletAddress, networkId, consensusPubkey };
  },
);

/**
 * Lets a machine in: its token is good once, and its own key signed that the token is meant for it.
 * @throws invalid agents.version_unsupported, unauthenticated agents.enrolment_refused, conflict agents.key_taken
 */
export const enrolAgent = defineFlow<{ readonly tokens: TokenMinter; readonly agentAuthority: AgentAuthority }>()({
  verb: "agents.enrol-agent",
  scope: null,
  because: "sign-in",
  tenancy: "platform",
  input: EnrolAgentInput,
  output: EnrolledAgent,
  run: async (ctx, input) => {
    if (input.version !== AGENT_PROTOCOL_VERSION) throw versionUnsupported(String(input.version));
    const { token, ...enrolment } = input;
    const read = ctx.ports.tokens.read(token);
    if (read?.kind !== "enrolment" || !isSignedBy(input.publicKey, enrolmentBytes(input), input.signature)) {
      throw enrolmentRefused();
    }
    // Looked for before anything is written: anybody can make up tokens, and the audit log is not theirs to fill.
    if (!(await hasEnrolment(ctx.db, read.tokenHash))) throw enrolmentRefused();
    const enrolled = await recordEnrolled(ctx, { ...enrolment, tokenHash: read.tokenHash });
    if (!enrolled) throw enrolmentRefused();
    return {
      ...enrolled,
      platformKey: ctx.ports.agentAuthority.publicKeyBase64,
      serverTime: ctx.now().toISOString(),
      heartbeatSeconds: AGENT_HEARTBEAT_SECONDS,
    };
  },
});
