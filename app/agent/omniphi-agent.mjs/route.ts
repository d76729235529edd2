import { handleAgentProgram } from "@/server/http/handle-agent-program";

export const dynamic = "force-dynamic";

export {
  handleAgentProgram as DELETE,
  handleAgentProgram as GET,
  handleAgentProgram as HEAD,
  handleAgentProgram as OPTIONS,
  handleAgentProgram as PATCH,
  handleAgentProgram as POST,
  handleAgentProgram as PUT,
};
