import { handleApiRequest } from "@/server/http/handle-api-request";

export const dynamic = "force-dynamic";

/** The whole of REST v1: `server/http/routes.ts` says what exists, and nothing else does. */
export {
  handleApiRequest as DELETE,
  handleApiRequest as GET,
  handleApiRequest as HEAD,
  handleApiRequest as OPTIONS,
  handleApiRequest as PATCH,
  handleApiRequest as POST,
  handleApiRequest as PUT,
};
