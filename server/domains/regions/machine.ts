import { regions } from "@/db/schema/regions";
import { machine } from "@/server/kernel/machine";
import { REGION_MOVES } from "./states";

/** A place where nodes may be put, as operators say how it stands. */
export const regionMachine = machine({
  table: regions,
  column: "status",
  moves: REGION_MOVES,
  refusal: { code: "regions.invalid_transition", subject: "The region" },
  audit: ({ from, to, row }) => ({
    action: `regions.region.${to}`,
    targetType: "region",
    targetId: row.id,
    details: { from, to, code: row.code },
  }),
});
