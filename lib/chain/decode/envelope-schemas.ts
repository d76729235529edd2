import { field, type MessageSchema } from "./message-schema";

// Field numbers and names: cosmos-sdk 0.53, proto/cosmos/tx/v1beta1/tx.proto and tx/signing/v1beta1.

/** `TxBody`. */
export const TX_BODY: MessageSchema = {
  fields: [
    field(1, "messages", "Message", { is: "any", of: "message" }, { repeated: true }),
    field(2, "memo", "Memo", "text"),
    field(3, "timeout_height", "Void after height", "uint"),
    field(4, "unordered", "Unordered", "bool"),
    field(5, "timeout_timestamp", "Void after", "timestamp"),
    field(1023, "extension_options", "Extension", { is: "any", of: "extension" }, { repeated: true }),
    field(
      2047,
      "non_critical_extension_options",
      "Optional extension",
      { is: "any", of: "extension" },
      { repeated: true },
    ),
  ],
};

const SIGN_MODE = {
  is: "enum",
  names: { 1: "Direct", 2: "Textual", 3: "Direct, secondary signer", 127: "Amino JSON" },
} as const;

const MODE_INFO: MessageSchema = {
  fields: [
    field(1, "single", "Single signature", {
      is: "message",
      schema: { fields: [field(1, "mode", "Signing mode", SIGN_MODE)] },
    }),
    // A multi-signature mode is an unknown field here: none of the supported wallets makes one.
  ],
};

/** `SignerInfo`. */
export const SIGNER_INFO: MessageSchema = {
  fields: [
    field(1, "public_key", "Signing key", { is: "any", of: "pubkey" }),
    field(2, "mode_info", "Mode", { is: "message", schema: MODE_INFO }),
    field(3, "sequence", "Sequence", "uint"),
  ],
};

/** `Fee`. */
export const FEE: MessageSchema = {
  fields: [
    field(1, "amount", "Amount", "coin", { repeated: true }),
    field(2, "gas_limit", "Gas limit", "uint", { aminoName: "gas" }),
    field(3, "payer", "Fee paid by", "address"),
    field(4, "granter", "Fee granted by", "address"),
  ],
};

/** `AuthInfo`; the tip of SDK 0.46 is shown as an unknown field. */
export const AUTH_INFO: MessageSchema = {
  fields: [
    field(1, "signer_infos", "Signer", { is: "message", schema: SIGNER_INFO }, { repeated: true }),
    field(2, "fee", "Fee", { is: "message", schema: FEE }),
  ],
};
