import { defineQuery } from "@/server/kernel/verbs";
import { requireNetwork } from "../networks/require-network";
import { type Standing, StandingsInput } from "../schemas";
import { listValidatorsByOperators } from "./repository";

/** How validators of a network stood when the watcher last read them; one that it never saw is not in the answer. */
export const listStandings = defineQuery({
  verb: "chain.list-standings",
  scope: "chain:read",
  tenancy: "platform",
  because: "what it shows is the public chain's",
  input: StandingsInput,
  run: async (ctx, input): Promise<Standing[]> => {
    const network = await requireNetwork(ctx.db, input.networkId);
    const rows = await listValidatorsByOperators(ctx.db, network.id, input.operatorAddresses);
    return rows.map((row) => ({
      operatorAddress: row.operatorAddress,
      isJailed: row.jailed,
      isTombstoned: row.tombstoned,
      jailedUntil: row.jailedUntil?.toISOString() ?? null,
      syncedAt: row.syncedAt.toISOString(),
    }));
  },
});
