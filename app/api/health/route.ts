import { handleHealthRequest } from "@/server/http/health/handle-health-request";

export const dynamic = "force-dynamic";

export { handleHealthRequest as GET };
