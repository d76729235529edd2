import "server-only";
import { publishAll, stream } from "@/server/kernel/publish";
import { followSetup } from "./follow-setup";
import { getSetupRequest } from "./get-setup-request";

/** From the wizard to a running validator. */
export const published = publishAll("validators", "Validators", [
  stream(getSetupRequest, {
    rest: "GET /validators/setup-requests/{setupRequestId}/events",
    operationId: "followSetupRequest",
    summary: "The request's story as it happens (server-sent events)",
    open: followSetup,
  }),
]);
