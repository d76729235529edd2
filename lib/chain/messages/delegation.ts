import {
  MsgBeginRedelegate,
  MsgCancelUnbondingDelegation,
  MsgDelegate,
  MsgUndelegate,
} from "cosmjs-types/cosmos/staking/v1beta1/tx";
import { type BuiltCoin, type BuiltMessage, requireAddress, wireCoin } from "./built-message";

export type DelegationInput = {
  readonly delegatorAddress: string;
  readonly operatorAddress: string;
  readonly amount: BuiltCoin;
};

/** `MsgDelegate`: binds coins of the delegator to a validator. */
export function delegateMessage(input: DelegationInput): BuiltMessage {
  const { proto, amino } = delegationFields(input);
  return {
    typeUrl: "/cosmos.staking.v1beta1.MsgDelegate",
    value: MsgDelegate.encode(proto).finish(),
    amino: { type: "cosmos-sdk/MsgDelegate", value: amino },
  };
}

/** `MsgUndelegate`: starts the unbonding time for coins. */
export function undelegateMessage(input: DelegationInput): BuiltMessage {
  const { proto, amino } = delegationFields(input);
  return {
    typeUrl: "/cosmos.staking.v1beta1.MsgUndelegate",
    value: MsgUndelegate.encode(proto).finish(),
    amino: { type: "cosmos-sdk/MsgUndelegate", value: amino },
  };
}

/** `MsgCancelUnbondingDelegation`: puts coins that are unbonding since the given height back to their validator. */
export function cancelUnbondingMessage(
  input: DelegationInput & { readonly creationHeightBlocks: bigint },
): BuiltMessage {
  const { proto, amino } = delegationFields(input);
  return {
    typeUrl: "/cosmos.staking.v1beta1.MsgCancelUnbondingDelegation",
    value: MsgCancelUnbondingDelegation.encode({ ...proto, creationHeight: input.creationHeightBlocks }).finish(),
    amino: {
      type: "cosmos-sdk/MsgCancelUnbondingDelegation",
      value: { ...amino, creation_height: input.creationHeightBlocks.toString() },
    },
  };
}

/** `MsgBeginRedelegate`: moves stake from one validator to another without unbonding it. */
export function beginRedelegateMessage(input: {
  readonly delegatorAddress: string;
  readonly sourceOperatorAddress: string;
  readonly destinationOperatorAddress: string;
  readonly amount: BuiltCoin;
}): BuiltMessage {
  const delegatorAddress = requireAddress(input.delegatorAddress);
  const validatorSrcAddress = requireAddress(input.sourceOperatorAddress);
  const validatorDstAddress = requireAddress(input.destinationOperatorAddress);
  const amount = wireCoin(input.amount);
  return {
    typeUrl: "/cosmos.staking.v1beta1.MsgBeginRedelegate",
    value: MsgBeginRedelegate.encode({ delegatorAddress, validatorSrcAddress, validatorDstAddress, amount }).finish(),
    amino: {
      type: "cosmos-sdk/MsgBeginRedelegate",
      value: {
        delegator_address: delegatorAddress,
        validator_src_address: validatorSrcAddress,
        validator_dst_address: validatorDstAddress,
        amount,
      },
    },
  };
}

function delegationFields(input: DelegationInput) {
  const delegatorAddress = requireAddress(input.delegatorAddress);
  const validatorAddress = requireAddress(input.operatorAddress);
  const amount = wireCoin(input.amount);
  return {
    proto: { delegatorAddress, validatorAddress, amount },
    amino: { delegator_address: delegatorAddress, validator_address: validatorAddress, amount },
  };
}
