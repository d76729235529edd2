import type { Executor } from "@/db/client";
import type { OrganizationFilter } from "@/server/kernel/owned";
import { defineQuery } from "@/server/kernel/verbs";
import { setupRequestNotFound } from "../errors";
import { SetupRequestRef } from "../schemas";
import { readViewsOf } from "./read-views";
import { findSetup } from "./repository";
import { SetupWithNode } from "./schemas";

async function load(
  db: Executor,
  organizationId: OrganizationFilter,
  setupRequestId: string,
  now: Date,
): Promise<SetupWithNode> {
  const setup = await findSetup(db, organizationId, setupRequestId);
  const [view] = setup ? await readViewsOf(db, [setup], now) : [];
  if (!view) throw setupRequestNotFound(setupRequestId);
  return view;
}

/** One request of the organisation with its newest node. @throws not_found validators.setup_request_not_found */
export const getSetupRequest = defineQuery({
  verb: "validators.get-setup-request",
  scope: "validators:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: SetupRequestRef,
  output: SetupWithNode,
  run: (ctx, input) => load(ctx.db, ctx.organizationId, input.setupRequestId, ctx.now),
});
