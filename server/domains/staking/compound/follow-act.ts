import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import type { ActRow } from "../acts/repository";
import { stakingDomain } from "../domain";
import { compoundMachine } from "./machine";
import { findCompounder, insertCompound, lockLiveCompound } from "./repository";

/** What a signed act that a block has means for compounding: a grant begins it, a revocation ends it. Within the command that takes the act's end in. */
export async function followCompoundAct(ctx: CommandCtx<string | null>, act: ActRow): Promise<void> {
  const { networkId, signerAddress: delegatorAddress, operatorAddress } = act;
  if (act.kind !== "grant_compound" && act.kind !== "revoke_compound") return;
  const isGrant = act.kind === "grant_compound";
  const former = await lockLiveCompound(ctx.tx, networkId, delegatorAddress);
  // Taken in already, or the late word on an act from before what goes on now.
  if (former?.actId === act.id) return;
  if (former !== undefined && act.submittedAt !== null && act.submittedAt < former.createdAt) return;
  if (former !== undefined) {
    const reason = isGrant ? "staking.compound_replaced" : "staking.compound_revoked";
    await move(ctx, compoundMachine, former, "ended", { reason });
  }
  if (!isGrant || operatorAddress === null) return;
  const compounder = await findCompounder(ctx.tx, networkId);
  if (compounder === undefined) throw new Error("a grant was signed for an account that is not kept");
  await insertCompound(ctx.tx, {
    id: stakingDomain.newId("compound"),
    organizationId: act.organizationId,
    networkId,
    delegatorAddress,
    operatorAddress,
    granteeAddress: compounder.address,
    denom: act.denom,
    actId: act.id,
    status: "active",
    nextLookAt: ctx.now,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  });
}
