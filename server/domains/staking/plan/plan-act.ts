import type { ServiceCtx } from "@/server/kernel/context";
import type { Ports } from "@/server/ports/ports";
import type { ActRequest } from "../schemas";
import type { Plan, Planner } from "./plan";
import { planGrantCompound, planRevokeCompound } from "./plan-compound";
import { planDeposit, planVote } from "./plan-governance";
import { planClaimAll, planWithdraw } from "./plan-rewards";
import { planCancelUnbonding, planDelegate, planRedelegate, planUndelegate } from "./plan-stake";
import { planEditCommission, planEditProfile, planUnjail } from "./plan-validator-acts";

/** Asks the chain whether the act would be taken, and says what it is; each refusal comes before anybody is asked to sign. */
export function planAct(
  ctx: ServiceCtx<Ports> & { readonly organizationId: string },
  planner: Planner,
  act: ActRequest,
): Promise<Plan> {
  switch (act.kind) {
    case "unjail":
      return planUnjail(ctx, planner);
    case "edit_profile":
      return planEditProfile(planner, act);
    case "edit_commission":
      return planEditCommission(planner, act);
    case "withdraw":
      return planWithdraw(planner, act);
    case "claim_all":
      return planClaimAll(planner);
    case "delegate":
      return planDelegate(planner, act);
    case "undelegate":
      return planUndelegate(planner, act);
    case "cancel_unbonding":
      return planCancelUnbonding(planner, act);
    case "redelegate":
      return planRedelegate(planner, act);
    case "vote":
      return planVote(planner, act);
    case "deposit":
      return planDeposit(planner, act);
    case "grant_compound":
      return planGrantCompound(ctx, planner, act);
    case "revoke_compound":
      return planRevokeCompound(ctx, planner);
  }
}
