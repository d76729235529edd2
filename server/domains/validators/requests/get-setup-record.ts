import { defineFlow } from "@/server/kernel/verbs";
import { SetupRequestRef } from "../schemas";
import { listSetupEvents } from "../story/list-setup-events";
import { getSetupRequest } from "./get-setup-request";
import { SetupRecord } from "./schemas";

/** One request of any organisation with its node and its story. @throws not_found validators.setup_request_not_found */
export const getSetupRecord = defineFlow<unknown>()({
  verb: "validators.get-setup-record",
  scope: "platform:read",
  tenancy: "platform",
  input: SetupRequestRef,
  output: SetupRecord,
  run: async (given, input) => {
    const ctx = { ...given, organizationId: null };
    return { ...(await getSetupRequest(ctx, input)), history: await listSetupEvents(ctx, { ...input, limit: 500 }) };
  },
});
