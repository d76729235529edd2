import {
  MsgWithdrawDelegatorReward,
  MsgWithdrawValidatorCommission,
} from "cosmjs-types/cosmos/distribution/v1beta1/tx";
import { type BuiltMessage, requireAddress } from "./built-message";

/** `MsgWithdrawDelegatorReward`: pays out rewards of one delegation; send one per validator to claim all. */
export function withdrawDelegatorRewardMessage(input: {
  readonly delegatorAddress: string;
  readonly operatorAddress: string;
}): BuiltMessage {
  const delegatorAddress = requireAddress(input.delegatorAddress);
  const validatorAddress = requireAddress(input.operatorAddress);
  return {
    typeUrl: "/cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward",
    value: MsgWithdrawDelegatorReward.encode({ delegatorAddress, validatorAddress }).finish(),
    amino: {
      type: "cosmos-sdk/MsgWithdrawDelegationReward",
      value: { delegator_address: delegatorAddress, validator_address: validatorAddress },
    },
  };
}

/** `MsgWithdrawValidatorCommission`; the amino name is shortened in the SDK (distribution/v1beta1/tx.proto, `amino.name`). */
export function withdrawValidatorCommissionMessage(input: { readonly operatorAddress: string }): BuiltMessage {
  const validatorAddress = requireAddress(input.operatorAddress);
  return {
    typeUrl: "/cosmos.distribution.v1beta1.MsgWithdrawValidatorCommission",
    value: MsgWithdrawValidatorCommission.encode({ validatorAddress }).finish(),
    amino: { type: "cosmos-sdk/MsgWithdrawValCommission", value: { validator_address: validatorAddress } },
  };
}
