import type { Executor } from "@/db/client";
import type { OrganizationFilter } from "@/server/kernel/owned";
import { defineQuery } from "@/server/kernel/verbs";
import { setupRequestNotFound } from "../errors";
import { findVolumes, listNodesOf } from "../nodes/repository";
import { SetupRequestRef, SetupWithNode } from "../schemas";
import { findSetup } from "./repository";
import { toNodeView, toSetupView } from "./to-view";

async function load(db: Executor, organizationId: OrganizationFilter, setupRequestId: string): Promise<SetupWithNode> {
  const setup = await findSetup(db, organizationId, setupRequestId);
  if (!setup) throw setupRequestNotFound(setupRequestId);
  const [node] = await listNodesOf(db, [setup.id]);
  const [volume] = node ? await findVolumes(db, [node.volumeId]) : [];
  return { setupRequest: toSetupView(setup, node), node: node ? toNodeView(node, volume) : null };
}

/** One request of the organisation with its newest node. @throws not_found validators.setup_request_not_found */
export const getSetupRequest = defineQuery({
  verb: "validators.get-setup-request",
  scope: "validators:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: SetupRequestRef,
  output: SetupWithNode,
  run: (ctx, input) => load(ctx.db, ctx.organizationId, input.setupRequestId),
});
