import { field, type TransactionMessageSchema } from "./message-schema";

// Field numbers and names: cosmossdk.io/x/feegrant 0.1, proto/cosmos/feegrant/v1beta1.

/** Allowances that a fee grant can carry. */
export const ALLOWANCE_SCHEMAS: readonly TransactionMessageSchema[] = [
  {
    typeUrl: "/cosmos.feegrant.v1beta1.BasicAllowance",
    signer: null,
    aminoType: "cosmos-sdk/BasicAllowance",
    title: () => "Fees up to a limit",
    fields: [field(1, "spend_limit", "Limit", "coin", { repeated: true }), field(2, "expiration", "Ends", "timestamp")],
  },
  {
    typeUrl: "/cosmos.feegrant.v1beta1.AllowedMsgAllowance",
    signer: null,
    aminoType: "cosmos-sdk/AllowedMsgAllowance",
    title: () => "Fees of some kinds of messages",
    fields: [
      field(1, "allowance", "Allowance", { is: "any", of: "allowance" }),
      field(2, "allowed_messages", "Only for", "text", { repeated: true }),
    ],
  },
];

/** Messages of feegrant. */
export const FEEGRANT_SCHEMAS: readonly TransactionMessageSchema[] = [
  {
    typeUrl: "/cosmos.feegrant.v1beta1.MsgGrantAllowance",
    signer: "granter",
    aminoType: "cosmos-sdk/MsgGrantAllowance",
    title: (show) => `Pay fees of ${show("grantee")} from ${show("granter")}`,
    fields: [
      field(1, "granter", "Pays", "address"),
      field(2, "grantee", "Whose fees", "address"),
      field(3, "allowance", "Allowance", { is: "any", of: "allowance" }),
    ],
  },
  {
    typeUrl: "/cosmos.feegrant.v1beta1.MsgRevokeAllowance",
    signer: "granter",
    aminoType: "cosmos-sdk/MsgRevokeAllowance",
    title: (show) => `Pay no more fees of ${show("grantee")}`,
    fields: [field(1, "granter", "Account", "address"), field(2, "grantee", "Whose fees", "address")],
  },
];
