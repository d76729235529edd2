import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { actNotFound } from "../errors";
import { Act, ActRef } from "../schemas";
import { actMachine } from "./machine";
import { lockAct } from "./repository";
import { toAct } from "./to-act";

/** Gives up what nobody signed: it takes no signature any more. @throws not_found staking.act_not_found, invalid_state staking.invalid_transition */
export const withdrawAct = defineCommand({
  verb: "staking.withdraw-act",
  scope: "staking:write",
  tenancy: "organization",
  input: ActRef,
  output: Act,
  run: async (ctx, { actId }) => {
    const act = await lockAct(ctx.tx, ctx.organizationId, actId);
    if (!act) throw actNotFound(actId);
    return toAct(await move(ctx, actMachine, act, "withdrawn", { reason: "staking.not_signed" }));
  },
});
