import { handleHealthRequest } from "@/server/http/health/handle-health-request";

export const dynamic = "force-dynamic";

export {
  handleHealthRequest as DELETE,
  handleHealthRequest as GET,
  handleHealthRequest as HEAD,
  handleHealthRequest as OPTIONS,
  handleHealthRequest as PATCH,
  handleHealthRequest as POST,
  handleHealthRequest as PUT,
};
