import "server-only";
import { AGENT_AUTHORITY_PATH, AGENT_HEARTBEAT_SECONDS, AGENT_PROTOCOL_VERSION } from "@/lib/contracts/agent/version";
import { AgentAuthorityDocument } from "@/server/domains/agents/schemas";
import { admitting } from "./admission/entry";
import { admissionRule } from "./admission/rule";

const RULE = admissionRule({ operation: `GET ${AGENT_AUTHORITY_PATH}`, route: AGENT_AUTHORITY_PATH });

/** Answers with the key that signs commands to machines, and with the versions of their protocol that are spoken here. */
export const handleAgentAuthority = admitting({
  find: (method) =>
    method === "GET" ? { kind: "found", rule: RULE } : { kind: "method_not_allowed", allowed: ["GET"] },
  answer: async ({ runtime }) => {
    const { agentAuthority } = await runtime.ports();
    return Response.json(
      AgentAuthorityDocument.parse({
        protocolVersions: [AGENT_PROTOCOL_VERSION],
        publicKey: agentAuthority.publicKeyBase64,
        origin: agentAuthority.origin,
        heartbeatSeconds: AGENT_HEARTBEAT_SECONDS,
      }),
    );
  },
});
