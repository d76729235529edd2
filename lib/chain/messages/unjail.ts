import { MsgUnjail } from "cosmjs-types/cosmos/slashing/v1beta1/tx";
import { type BuiltMessage, requireAddress } from "./built-message";

/** `MsgUnjail`: returns a jailed validator to the set once its jail time is over; amino calls the field `address`. */
export function unjailMessage(input: { readonly operatorAddress: string }): BuiltMessage {
  const validatorAddr = requireAddress(input.operatorAddress);
  return {
    typeUrl: "/cosmos.slashing.v1beta1.MsgUnjail",
    value: MsgUnjail.encode({ validatorAddr }).finish(),
    amino: { type: "cosmos-sdk/MsgUnjail", value: { address: validatorAddr } },
  };
}
