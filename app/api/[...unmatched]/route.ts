import { handleUnmatchedRequest } from "@/server/http/handle-unmatched-request";

export const dynamic = "force-dynamic";

export {
  handleUnmatchedRequest as DELETE,
  handleUnmatchedRequest as GET,
  handleUnmatchedRequest as HEAD,
  handleUnmatchedRequest as OPTIONS,
  handleUnmatchedRequest as PATCH,
  handleUnmatchedRequest as POST,
  handleUnmatchedRequest as PUT,
};
