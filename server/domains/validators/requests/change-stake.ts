import { withdrawDocument } from "@/server/domains/chain";
import { defineCommand } from "@/server/kernel/verbs";
import { subjectOf } from "../constants";
import { fieldInvalid, notReadyToSign, setupRequestNotFound } from "../errors";
import { isProvisioning, maySign } from "../states";
import { noteEvent } from "../story/note-event";
import { lockSetup, updateSetup } from "./repository";
import { ChangedStake, ChangeStakeInput } from "./schemas";

/**
 * Changes what the person will bond, until they have signed. A document that shows the former stake gives way, so that a wallet that still holds it
 * in another tab cannot hand it in. Whether the stake is enough is asked when the transaction is prepared, since only the chain knows.
 * @throws invalid_state validators.not_ready_to_sign, invalid validators.invalid_field
 */
export const changeStake = defineCommand({
  verb: "validators.change-stake",
  scope: "validators:write",
  tenancy: "organization",
  input: ChangeStakeInput,
  output: ChangedStake,
  run: async (ctx, { setupRequestId, selfDelegation }) => {
    const setup = await lockSetup(ctx.tx, ctx.organizationId, setupRequestId);
    if (!setup) throw setupRequestNotFound(setupRequestId);
    if (!isProvisioning(setup.status) && !maySign(setup.status)) throw notReadyToSign(setup.status);
    if (BigInt(selfDelegation) < BigInt(setup.minSelfDelegation)) {
      throw fieldInvalid("selfDelegation", "not below the minimum self-delegation of this request");
    }
    const before = setup.selfDelegation.toString();
    await withdrawDocument(ctx, subjectOf(setup.id));
    await updateSetup(ctx.tx, setup.id, { selfDelegation: BigInt(selfDelegation), updatedAt: ctx.now });
    await noteEvent(ctx, setup, {
      type: "activity",
      message: "The self-delegation was changed before signing.",
      details: { beforeBaseUnits: before, afterBaseUnits: selfDelegation },
    });
    ctx.audit({
      action: "validators.setup_request.stake_changed",
      targetType: "setup_request",
      targetId: setup.id,
      details: { beforeBaseUnits: before, afterBaseUnits: selfDelegation },
    });
    return { setupRequestId: setup.id, selfDelegation };
  },
});
