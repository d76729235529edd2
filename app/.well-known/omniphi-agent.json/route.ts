import { handleAgentAuthority } from "@/server/http/handle-agent-authority";

export const dynamic = "force-dynamic";

export {
  handleAgentAuthority as DELETE,
  handleAgentAuthority as GET,
  handleAgentAuthority as HEAD,
  handleAgentAuthority as OPTIONS,
  handleAgentAuthority as PATCH,
  handleAgentAuthority as POST,
  handleAgentAuthority as PUT,
};
