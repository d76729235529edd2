import { MsgDeposit } from "cosmjs-types/cosmos/gov/v1/tx";
import { type BuiltCoin, type BuiltMessage, requireAddress, wireCoin } from "./built-message";

/** `MsgDeposit` of gov v1: adds to what a proposal needs before it is voted on; burnt where the chain says so. */
export function depositMessage(input: {
  readonly depositorAddress: string;
  readonly proposalId: bigint;
  readonly amount: BuiltCoin;
}): BuiltMessage {
  const depositor = requireAddress(input.depositorAddress);
  const amount = [wireCoin(input.amount)];
  return {
    typeUrl: "/cosmos.gov.v1.MsgDeposit",
    value: MsgDeposit.encode({ proposalId: input.proposalId, depositor, amount }).finish(),
    amino: {
      type: "cosmos-sdk/v1/MsgDeposit",
      value: { proposal_id: input.proposalId.toString(), depositor, amount },
    },
  };
}
