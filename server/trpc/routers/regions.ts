import "server-only";
import { listRegions, updateRegion } from "@/server/domains/regions";
import { adminProcedure, createRouter, mutationOf, publicProcedure, queryOf } from "../init";

/** Where nodes can be put; operators open, close and resize. */
export const regionsRouter = createRouter({
  list: queryOf(publicProcedure, listRegions),
  update: mutationOf(adminProcedure, updateRegion),
});
