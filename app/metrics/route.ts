import { handleMetricsRequest } from "@/server/http/handle-metrics-request";

export const dynamic = "force-dynamic";

export { handleMetricsRequest as GET };
