import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { setupRequestNotFound } from "../errors";
import { findSetup } from "../requests/repository";
import { toEventView } from "../requests/to-view";
import { SetupRequestId } from "../schemas";
import { listEvents, listNewestEvents } from "./repository";
import { ProvisioningEventView } from "./schemas";

export const ListSetupEventsInput = z.strictObject({
  setupRequestId: SetupRequestId,
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  /** So many of the newest lines, whatever their sequence: what a page shows. */
  newest: z.coerce.number().int().min(1).max(500).optional(),
});

/** The request's story in order, after a sequence or its newest lines. @throws not_found validators.setup_request_not_found */
export const listSetupEvents = defineQuery({
  verb: "validators.list-setup-events",
  scope: "validators:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: ListSetupEventsInput,
  output: z.array(ProvisioningEventView),
  run: async (ctx, input) => {
    if (!(await findSetup(ctx.db, ctx.organizationId, input.setupRequestId)))
      throw setupRequestNotFound(input.setupRequestId);
    const { setupRequestId, after, limit, newest } = input;
    const lines =
      newest === undefined
        ? await listEvents(ctx.db, ctx.organizationId, setupRequestId, after, limit)
        : await listNewestEvents(ctx.db, ctx.organizationId, setupRequestId, newest);
    return lines.map(toEventView);
  },
});
