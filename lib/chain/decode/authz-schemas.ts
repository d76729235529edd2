import { field, type MessageSchema, type TransactionMessageSchema } from "./message-schema";

// Field numbers and names: cosmos-sdk 0.53, proto/cosmos/authz/v1beta1, staking/v1beta1/authz.proto, bank/v1beta1/authz.proto.

const GRANT: MessageSchema = {
  fields: [
    field(1, "authorization", "Permission", { is: "any", of: "authorization" }),
    field(2, "expiration", "Ends", "timestamp"),
  ],
};

const VALIDATORS: MessageSchema = {
  fields: [field(1, "address", "Validator", "address", { repeated: true })],
};

/** Permissions that a grant can carry. */
export const AUTHORIZATION_SCHEMAS: readonly TransactionMessageSchema[] = [
  {
    typeUrl: "/cosmos.authz.v1beta1.GenericAuthorization",
    signer: null,
    aminoType: "cosmos-sdk/GenericAuthorization",
    title: (show) => `Any ${show("msg")}, without limit`,
    fields: [field(1, "msg", "Message type", "text")],
  },
  {
    typeUrl: "/cosmos.bank.v1beta1.SendAuthorization",
    signer: null,
    aminoType: "cosmos-sdk/SendAuthorization",
    title: () => "Sending coins up to a limit",
    fields: [
      field(1, "spend_limit", "Limit", "coin", { repeated: true }),
      field(2, "allow_list", "Allowed receiver", "address", { repeated: true }),
    ],
  },
  {
    typeUrl: "/cosmos.staking.v1beta1.StakeAuthorization",
    signer: null,
    aminoType: "cosmos-sdk/StakeAuthorization",
    title: () => "Staking up to a limit",
    oneOf: ["allow_list", "deny_list"],
    fields: [
      field(1, "max_tokens", "Limit", "coin"),
      field(2, "allow_list", "Only with", { is: "message", schema: VALIDATORS }),
      field(3, "deny_list", "Not with", { is: "message", schema: VALIDATORS }),
      field(4, "authorization_type", "Kind", {
        is: "enum",
        names: { 1: "Delegate", 2: "Undelegate", 3: "Redelegate", 4: "Cancel unbonding" },
      }),
    ],
  },
];

/** Messages of authz. */
export const AUTHZ_SCHEMAS: readonly TransactionMessageSchema[] = [
  {
    typeUrl: "/cosmos.authz.v1beta1.MsgGrant",
    signer: "granter",
    aminoType: "cosmos-sdk/MsgGrant",
    title: (show) => `Let ${show("grantee")} act for ${show("granter")}`,
    fields: [
      field(1, "granter", "Account", "address"),
      field(2, "grantee", "May act for it", "address"),
      field(3, "grant", "Grant", { is: "message", schema: GRANT }),
    ],
  },
  {
    typeUrl: "/cosmos.authz.v1beta1.MsgExec",
    signer: "grantee",
    aminoType: "cosmos-sdk/MsgExec",
    title: (_show, count) => `Act for another account: ${count("msgs")} messages`,
    fields: [
      field(1, "grantee", "Acting account", "address"),
      field(2, "msgs", "Message", { is: "any", of: "message" }, { repeated: true }),
    ],
  },
  {
    typeUrl: "/cosmos.authz.v1beta1.MsgRevoke",
    signer: "granter",
    aminoType: "cosmos-sdk/MsgRevoke",
    title: (show) => `Take the permission for ${show("msg_type_url")} back from ${show("grantee")}`,
    fields: [
      field(1, "granter", "Account", "address"),
      field(2, "grantee", "Loses the permission", "address"),
      field(3, "msg_type_url", "Message type", "text"),
    ],
  },
];
