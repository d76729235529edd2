import { z } from "zod";
import { networkNames } from "@/server/domains/chain";
import { organizationNames } from "@/server/domains/identity";
import { countVersions, listFleet as listMembers } from "@/server/domains/validators";
import { pageSchema } from "@/server/kernel/page-schema";
import { defineQuery } from "@/server/kernel/verbs";
import { FleetRow, ListFleetInput, VersionSpread } from "./schemas";

/** Validators and nodes of every organisation, newest first. */
export const listFleet = defineQuery({
  verb: "fleet.list-fleet",
  scope: "platform:read",
  tenancy: "platform",
  input: ListFleetInput,
  output: pageSchema(FleetRow),
  run: async (ctx, { limit, cursor, ...filter }) => {
    const { items, nextCursor } = await listMembers(ctx.db, filter, { limit, cursor }, ctx.now);
    const names = await organizationNames(
      ctx.db,
      items.map(({ organizationId }) => organizationId),
    );
    return {
      items: items.map((item) => ({ ...item, organizationName: names.get(item.organizationId) ?? null })),
      nextCursor,
    };
  },
});

/** Which versions the nodes of each network run. */
export const getVersionSpread = defineQuery({
  verb: "fleet.get-version-spread",
  scope: "platform:read",
  tenancy: "platform",
  input: z.strictObject({}),
  output: VersionSpread,
  run: async (ctx): Promise<VersionSpread> => {
    const counts = await countVersions(ctx.db, ctx.now);
    return {
      networks: (await networkNames(ctx.db)).flatMap(({ id: networkId, displayName: networkName }) => {
        const versions = counts
          .filter((one) => one.networkId === networkId)
          .map(({ version, nodes }) => ({ version, nodes }))
          .sort((one, other) => other.nodes - one.nodes || one.version.localeCompare(other.version));
        const nodes = versions.reduce((sum, one) => sum + one.nodes, 0);
        return nodes === 0 ? [] : [{ networkId, networkName, nodes, versions }];
      }),
    };
  },
});
