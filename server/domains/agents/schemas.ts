import { z } from "zod";
import { Ed25519KeyText, EnrolAgentBody } from "@/lib/contracts/agent/enrolment";
import { AGENT_KINDS } from "@/lib/contracts/agent/version";
import { listInput } from "@/server/kernel/pagination";
import { boundedText } from "@/server/kernel/text";
import { AGENT_STATUSES } from "./constants";
import { agentsDomain } from "./domain";

export const NoInput = z.strictObject({});
export const AgentRef = z.strictObject({ agentId: agentsDomain.idText("agent") });
export const ListAgentsInput = z.strictObject(listInput);

/** One machine as its organisation sees it; what it reports is with the thing that it reports of. */
export const AgentView = z
  .object({
    id: z.string(),
    kind: z.enum(AGENT_KINDS),
    name: z.string(),
    machineId: z.string(),
    status: z.enum(AGENT_STATUSES),
    /** How it proves who it is. */
    credential: z.enum(["key", "token"]),
    agentVersion: z.string().nullable(),
    networkId: z.string().nullable(),
    walletAddress: z.string().nullable(),
    consensusPubkey: z.string().nullable(),
    lastSeenAt: z.string().nullable(),
    createdAt: z.string(),
    revokedAt: z.string().nullable(),
  })
  .meta({ id: "Agent" });
export type AgentView = z.infer<typeof AgentView>;

/** Body of `POST /api/v1/agents/enrol`; the version is looked at before the rest. */
export const EnrolAgentInput = EnrolAgentBody;

export const EnrolledAgent = z
  .object({
    agentId: z.string(),
    kind: z.enum(AGENT_KINDS),
    /** Whose node a `validator` agent stands beside, as the pairing said. */
    walletAddress: z.string().nullable(),
    networkId: z.string().nullable(),
    consensusPubkey: z.string().nullable(),
    /** The platform's key, by which commands are checked; raw Ed25519 in base64. */
    platformKey: Ed25519KeyText,
    serverTime: z.string(),
    heartbeatSeconds: z.number().int(),
  })
  .meta({ id: "EnrolledAgent" });

/** What is published of the platform for agents, at a well-known path. */
export const AgentAuthorityDocument = z
  .object({
    protocolVersions: z.array(z.number().int()),
    publicKey: Ed25519KeyText,
    origin: z.string(),
    heartbeatSeconds: z.number().int(),
  })
  .meta({ id: "AgentAuthority" });

/** What an agent's request says, as the transport read it. */
export const ResolveAgentInput = z.strictObject({
  method: boundedText(10),
  path: boundedText(2_000),
  version: z.number().int(),
  agentId: boundedText(60),
  counter: z.number().int(),
  sentAt: boundedText(40),
  bodySha256: boundedText(64),
  signature: boundedText(86),
});
