import { field, type MessageSchema, NOT_GIVEN, type TransactionMessageSchema } from "./message-schema";

// Field numbers and names: cosmos-sdk 0.53, proto/cosmos/{staking,slashing}/v1beta1/tx.proto.

const percent = { is: "dec", percent: true } as const;

const DESCRIPTION: MessageSchema = {
  fields: [
    field(1, "moniker", "Name", "text"),
    field(2, "identity", "Identity", "text"),
    field(3, "website", "Website", "text"),
    field(4, "security_contact", "Security contact", "text"),
    field(5, "details", "Details", "text"),
  ],
};

/** What the chain reads as "leave it" (cosmos-sdk 0.53, x/staking/types/validator.go); said here again, since the decoder shares nothing with the builder. */
const UNCHANGED = { text: "[do-not-modify]", words: "stays as it is" };
const EDITED: MessageSchema = {
  fields: DESCRIPTION.fields.map((one) => ({ ...one, sentinel: UNCHANGED })),
};

/** What an edit changes, as the middle of a sentence. */
function editOf(show: (path: string) => string): string {
  const named = [
    ...DESCRIPTION.fields.map(({ name, label }) => ({
      label: label.toLowerCase(),
      shown: show(`description.${name}`),
      // An empty text is left out of the bytes, and clears the field on the chain.
      isText: true,
    })),
    { label: "commission", shown: show("commission_rate"), isText: false },
    { label: "least own stake", shown: show("min_self_delegation"), isText: false },
  ].filter(({ shown, isText }) => shown !== UNCHANGED.words && (shown !== NOT_GIVEN || isText));
  const parts = named.map(({ label, shown }) => `${label} to ${shown === NOT_GIVEN ? "nothing" : shown}`);
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

const COMMISSION: MessageSchema = {
  fields: [
    field(1, "rate", "Commission", percent),
    field(2, "max_rate", "Max commission rate", percent, { permanent: true }),
    field(3, "max_change_rate", "Max daily change of commission", percent, { permanent: true }),
  ],
};

const delegation = [
  field(1, "delegator_address", "Delegator", "address"),
  field(2, "validator_address", "Validator", "address"),
  field(3, "amount", "Amount", "coin"),
] as const;

/** Messages of staking and slashing. */
export const STAKING_SCHEMAS: readonly TransactionMessageSchema[] = [
  {
    typeUrl: "/cosmos.staking.v1beta1.MsgCreateValidator",
    signer: "validator_address",
    aminoType: "cosmos-sdk/MsgCreateValidator",
    title: (show) =>
      `Create the validator ${show("description.moniker")} with ${show("value")} of own stake and ${show("commission.rate")} commission`,
    fields: [
      field(1, "description", "Description", { is: "message", schema: DESCRIPTION }),
      field(2, "commission", "Commission", { is: "message", schema: COMMISSION }),
      field(3, "min_self_delegation", "Least own stake", "base_units"),
      field(4, "delegator_address", "Delegator (no longer used)", "address"),
      field(5, "validator_address", "Operator", "address"),
      field(6, "pubkey", "Consensus key", { is: "any", of: "pubkey" }, { permanent: true }),
      field(7, "value", "Own stake", "coin"),
    ],
  },
  {
    typeUrl: "/cosmos.staking.v1beta1.MsgEditValidator",
    signer: "validator_address",
    aminoType: "cosmos-sdk/MsgEditValidator",
    title: (show) => `Change of the validator ${show("validator_address")}: ${editOf(show)}`,
    fields: [
      field(1, "description", "Description", { is: "message", schema: EDITED }),
      field(2, "validator_address", "Operator", "address"),
      field(3, "commission_rate", "New commission", percent),
      field(4, "min_self_delegation", "New least own stake", "base_units"),
    ],
  },
  {
    typeUrl: "/cosmos.staking.v1beta1.MsgDelegate",
    signer: "delegator_address",
    aminoType: "cosmos-sdk/MsgDelegate",
    title: (show) => `Stake ${show("amount")} with the validator ${show("validator_address")}`,
    fields: delegation,
  },
  {
    typeUrl: "/cosmos.staking.v1beta1.MsgUndelegate",
    signer: "delegator_address",
    aminoType: "cosmos-sdk/MsgUndelegate",
    title: (show) => `Take ${show("amount")} of stake back from the validator ${show("validator_address")}`,
    fields: delegation,
  },
  {
    typeUrl: "/cosmos.staking.v1beta1.MsgBeginRedelegate",
    signer: "delegator_address",
    aminoType: "cosmos-sdk/MsgBeginRedelegate",
    title: (show) =>
      `Move ${show("amount")} of stake from ${show("validator_src_address")} to ${show("validator_dst_address")}`,
    fields: [
      field(1, "delegator_address", "Delegator", "address"),
      field(2, "validator_src_address", "From validator", "address"),
      field(3, "validator_dst_address", "To validator", "address"),
      field(4, "amount", "Amount", "coin"),
    ],
  },
  {
    typeUrl: "/cosmos.staking.v1beta1.MsgCancelUnbondingDelegation",
    signer: "delegator_address",
    aminoType: "cosmos-sdk/MsgCancelUnbondingDelegation",
    title: (show) => `Stop unbonding ${show("amount")} and stake it with ${show("validator_address")} again`,
    fields: [...delegation, field(4, "creation_height", "Unbonding since height", "int")],
  },
  {
    typeUrl: "/cosmos.slashing.v1beta1.MsgUnjail",
    signer: "validator_addr",
    aminoType: "cosmos-sdk/MsgUnjail",
    title: (show) => `Release the validator ${show("validator_addr")} from jail`,
    fields: [field(1, "validator_addr", "Operator", "address", { aminoName: "address" })],
  },
];
