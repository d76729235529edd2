import { MsgSend } from "cosmjs-types/cosmos/bank/v1beta1/tx";
import { type BuiltCoin, type BuiltMessage, requireAddress, wireCoin } from "./built-message";

/** `MsgSend`: moves coins of one denom between accounts. */
export function sendMessage(input: {
  readonly fromAddress: string;
  readonly toAddress: string;
  readonly amount: BuiltCoin;
}): BuiltMessage {
  const fromAddress = requireAddress(input.fromAddress);
  const toAddress = requireAddress(input.toAddress);
  const amount = [wireCoin(input.amount)];
  return {
    typeUrl: "/cosmos.bank.v1beta1.MsgSend",
    value: MsgSend.encode({ fromAddress, toAddress, amount }).finish(),
    amino: { type: "cosmos-sdk/MsgSend", value: { from_address: fromAddress, to_address: toAddress, amount } },
  };
}
