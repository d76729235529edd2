import { z } from "zod";
import type { Executor } from "@/db/client";
import type { OrganizationFilter } from "@/server/kernel/owned";
import { pageSchema } from "@/server/kernel/page-schema";
import { decodeCursor, listInput, type Page, pageOf } from "@/server/kernel/pagination";
import { wordsText } from "@/server/kernel/text";
import { defineQuery } from "@/server/kernel/verbs";
import { SETUP_STATUSES } from "../constants";
import { findVolumes, listNodesOf } from "../nodes/repository";
import { SetupWithNode } from "../schemas";
import { listSetups } from "./repository";
import { toNodeView, toSetupView } from "./to-view";

export const ListSetupRequestsInput = z.strictObject({
  ...listInput,
  status: z.enum(SETUP_STATUSES).optional(),
  search: wordsText(1, 100).optional(),
  networkId: z.string().max(100).optional(),
  walletAddress: z.string().max(100).optional(),
});

async function load(
  db: Executor,
  organizationId: OrganizationFilter,
  input: z.output<typeof ListSetupRequestsInput>,
): Promise<Page<SetupWithNode>> {
  const { cursor, limit, ...filter } = input;
  const position = decodeCursor(cursor);
  const rows = await listSetups(db, organizationId, {
    ...filter,
    limit: limit + 1,
    cursor: position === undefined ? undefined : { createdAt: new Date(position.sort), id: position.id },
  });
  const nodes = new Map(
    (
      await listNodesOf(
        db,
        rows.map((row) => row.id),
      )
    ).map((node) => [node.setupRequestId, node]),
  );
  const volumes = new Map(
    (
      await findVolumes(
        db,
        [...nodes.values()].map((node) => node.volumeId),
      )
    ).map((volume) => [volume.id, volume]),
  );
  return pageOf(
    rows,
    limit,
    (row) => ({ sort: row.createdAt.toISOString(), id: row.id }),
    (row) => {
      const node = nodes.get(row.id);
      return { setupRequest: toSetupView(row, node), node: node ? toNodeView(node, volumes.get(node.volumeId)) : null };
    },
  );
}

/** Requests of the organisation, newest first. */
export const listSetupRequests = defineQuery({
  verb: "validators.list-setup-requests",
  scope: "validators:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: ListSetupRequestsInput,
  output: pageSchema(SetupWithNode),
  run: (ctx, input) => load(ctx.db, ctx.organizationId, input),
});
