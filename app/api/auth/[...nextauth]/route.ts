import { handleAuthRequest } from "@/server/auth/handle-auth-request";

export const dynamic = "force-dynamic";

export {
  handleAuthRequest as DELETE,
  handleAuthRequest as GET,
  handleAuthRequest as HEAD,
  handleAuthRequest as OPTIONS,
  handleAuthRequest as PATCH,
  handleAuthRequest as POST,
  handleAuthRequest as PUT,
};
