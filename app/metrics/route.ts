import { handleMetricsRequest } from "@/server/http/handle-metrics-request";

export const dynamic = "force-dynamic";

export {
  handleMetricsRequest as DELETE,
  handleMetricsRequest as GET,
  handleMetricsRequest as HEAD,
  handleMetricsRequest as OPTIONS,
  handleMetricsRequest as PATCH,
  handleMetricsRequest as POST,
  handleMetricsRequest as PUT,
};
