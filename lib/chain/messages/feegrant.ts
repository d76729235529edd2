import { AllowedMsgAllowance, BasicAllowance } from "cosmjs-types/cosmos/feegrant/v1beta1/feegrant";
import { MsgGrantAllowance, MsgRevokeAllowance } from "cosmjs-types/cosmos/feegrant/v1beta1/tx";
import { type BuiltCoin, type BuiltMessage, requireAddress, wireCoin } from "./built-message";
import { secondsOf, wireInstant } from "./wire-instant";

type Pair = { readonly granterAddress: string; readonly granteeAddress: string };

/** `MsgGrantAllowance`: pays the other account's fees of these kinds of messages alone, up to an amount, until a time. */
export function grantFeesMessage(
  input: Pair & { readonly limit: BuiltCoin; readonly expiresAt: Date; readonly msgTypeUrls: readonly string[] },
): BuiltMessage {
  const granter = requireAddress(input.granterAddress);
  const grantee = requireAddress(input.granteeAddress);
  const spendLimit = [wireCoin(input.limit)];
  const allowedMessages = [...input.msgTypeUrls];
  const basic = BasicAllowance.encode({ spendLimit, expiration: wireInstant(input.expiresAt) }).finish();
  const allowed = AllowedMsgAllowance.encode({
    allowance: { typeUrl: BasicAllowance.typeUrl, value: basic },
    allowedMessages,
  }).finish();
  return {
    typeUrl: "/cosmos.feegrant.v1beta1.MsgGrantAllowance",
    value: MsgGrantAllowance.encode({
      granter,
      grantee,
      allowance: { typeUrl: AllowedMsgAllowance.typeUrl, value: allowed },
    }).finish(),
    amino: {
      type: "cosmos-sdk/MsgGrantAllowance",
      value: {
        granter,
        grantee,
        allowance: {
          type: "cosmos-sdk/AllowedMsgAllowance",
          value: {
            allowance: {
              type: "cosmos-sdk/BasicAllowance",
              value: { spend_limit: spendLimit, expiration: secondsOf(input.expiresAt) },
            },
            allowed_messages: allowedMessages,
          },
        },
      },
    },
  };
}

/** `MsgRevokeAllowance`: pays no more fees of the other account. The chain refuses it where there is no allowance. */
export function revokeFeesMessage(input: Pair): BuiltMessage {
  const granter = requireAddress(input.granterAddress);
  const grantee = requireAddress(input.granteeAddress);
  return {
    typeUrl: "/cosmos.feegrant.v1beta1.MsgRevokeAllowance",
    value: MsgRevokeAllowance.encode({ granter, grantee }).finish(),
    amino: { type: "cosmos-sdk/MsgRevokeAllowance", value: { granter, grantee } },
  };
}
