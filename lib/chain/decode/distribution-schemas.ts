import { coinsOf, field, type TransactionMessageSchema } from "./message-schema";

/** Messages of distribution and bank (cosmos-sdk 0.53, proto/cosmos/{distribution,bank}/v1beta1/tx.proto). */
export const DISTRIBUTION_SCHEMAS: readonly TransactionMessageSchema[] = [
  {
    typeUrl: "/cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward",
    signer: "delegator_address",
    aminoType: "cosmos-sdk/MsgWithdrawDelegationReward",
    title: (show) => `Withdraw staking rewards earned with ${show("validator_address")}`,
    fields: [
      field(1, "delegator_address", "Delegator", "address"),
      field(2, "validator_address", "Validator", "address"),
    ],
  },
  {
    typeUrl: "/cosmos.distribution.v1beta1.MsgWithdrawValidatorCommission",
    signer: "validator_address",
    aminoType: "cosmos-sdk/MsgWithdrawValCommission",
    title: (show) => `Withdraw the commission of the validator ${show("validator_address")}`,
    fields: [field(1, "validator_address", "Operator", "address")],
  },
  {
    typeUrl: "/cosmos.distribution.v1beta1.MsgSetWithdrawAddress",
    signer: "delegator_address",
    aminoType: "cosmos-sdk/MsgModifyWithdrawAddress",
    title: (show) => `Send all future rewards of ${show("delegator_address")} to ${show("withdraw_address")}`,
    fields: [
      field(1, "delegator_address", "Delegator", "address"),
      field(2, "withdraw_address", "Rewards go to", "address"),
    ],
  },
  {
    typeUrl: "/cosmos.bank.v1beta1.MsgSend",
    signer: "from_address",
    aminoType: "cosmos-sdk/MsgSend",
    title: (show, count) => `Send ${coinsOf(show, count, "amount")} to ${show("to_address")}`,
    fields: [
      field(1, "from_address", "From", "address"),
      field(2, "to_address", "To", "address"),
      field(3, "amount", "Amount", "coin", { repeated: true }),
    ],
  },
];
