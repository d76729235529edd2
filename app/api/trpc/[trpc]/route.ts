import { handleTrpcRequest } from "@/server/trpc/handle-trpc-request";

export const dynamic = "force-dynamic";

export {
  handleTrpcRequest as DELETE,
  handleTrpcRequest as GET,
  handleTrpcRequest as HEAD,
  handleTrpcRequest as OPTIONS,
  handleTrpcRequest as PATCH,
  handleTrpcRequest as POST,
  handleTrpcRequest as PUT,
};
