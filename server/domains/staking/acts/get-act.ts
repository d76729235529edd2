import { defineQuery } from "@/server/kernel/verbs";
import { actNotFound } from "../errors";
import { Act, ActRef } from "../schemas";
import { findAct } from "./repository";
import { toAct } from "./to-act";

/** One act of the organisation. @throws not_found staking.act_not_found */
export const getAct = defineQuery({
  verb: "staking.get-act",
  scope: "staking:read",
  tenancy: "organization",
  input: ActRef,
  output: Act,
  run: async (ctx, { actId }): Promise<Act> => {
    const act = await findAct(ctx.db, ctx.organizationId, actId);
    if (!act) throw actNotFound(actId);
    return toAct(act);
  },
});
