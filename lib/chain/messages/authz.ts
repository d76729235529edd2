import { GenericAuthorization } from "cosmjs-types/cosmos/authz/v1beta1/authz";
import { MsgExec, MsgGrant, MsgRevoke } from "cosmjs-types/cosmos/authz/v1beta1/tx";
import { AuthorizationType, StakeAuthorization } from "cosmjs-types/cosmos/staking/v1beta1/authz";
import { type BuiltCoin, type BuiltMessage, requireAddress, wireCoin } from "./built-message";
import { secondsOf, wireInstant } from "./wire-instant";

/** Who lets whom act, until when. */
type GrantInput = {
  readonly granterAddress: string;
  readonly granteeAddress: string;
  readonly expiresAt: Date;
};

function grantMessage(
  input: GrantInput,
  authorization: { readonly typeUrl: string; readonly value: Uint8Array },
  amino: { readonly type: string; readonly value: Readonly<Record<string, unknown>> },
): BuiltMessage {
  const granter = requireAddress(input.granterAddress);
  const grantee = requireAddress(input.granteeAddress);
  const expiration = wireInstant(input.expiresAt);
  return {
    typeUrl: "/cosmos.authz.v1beta1.MsgGrant",
    value: MsgGrant.encode({ granter, grantee, grant: { authorization, expiration } }).finish(),
    amino: {
      type: "cosmos-sdk/MsgGrant",
      value: { granter, grantee, grant: { authorization: amino, expiration: secondsOf(input.expiresAt) } },
    },
  };
}

/** `MsgGrant` of a `StakeAuthorization`: delegating with one validator alone, up to an amount that each use lowers. */
export function grantDelegatingMessage(
  input: GrantInput & { readonly operatorAddress: string; readonly limit: BuiltCoin },
): BuiltMessage {
  const address = [requireAddress(input.operatorAddress)];
  const maxTokens = wireCoin(input.limit);
  return grantMessage(
    input,
    {
      typeUrl: StakeAuthorization.typeUrl,
      value: StakeAuthorization.encode({
        maxTokens,
        allowList: { address },
        authorizationType: AuthorizationType.AUTHORIZATION_TYPE_DELEGATE,
      }).finish(),
    },
    {
      type: "cosmos-sdk/StakeAuthorization",
      value: {
        Validators: { type: "cosmos-sdk/StakeAuthorization/AllowList", value: { allow_list: { address } } },
        authorization_type: AuthorizationType.AUTHORIZATION_TYPE_DELEGATE,
        max_tokens: maxTokens,
      },
    },
  );
}

/** `MsgGrant` of a `GenericAuthorization`: one kind of message, without a limit of its own. */
export function grantAnyMessage(input: GrantInput & { readonly msgTypeUrl: string }): BuiltMessage {
  const msg = input.msgTypeUrl;
  return grantMessage(
    input,
    { typeUrl: GenericAuthorization.typeUrl, value: GenericAuthorization.encode({ msg }).finish() },
    { type: "cosmos-sdk/GenericAuthorization", value: { msg } },
  );
}

/** `MsgRevoke`: takes the permission for one kind of message back. The chain refuses it where there is none. */
export function revokeGrantMessage(
  input: Omit<GrantInput, "expiresAt"> & { readonly msgTypeUrl: string },
): BuiltMessage {
  const granter = requireAddress(input.granterAddress);
  const grantee = requireAddress(input.granteeAddress);
  const { msgTypeUrl } = input;
  return {
    typeUrl: "/cosmos.authz.v1beta1.MsgRevoke",
    value: MsgRevoke.encode({ granter, grantee, msgTypeUrl }).finish(),
    amino: { type: "cosmos-sdk/MsgRevoke", value: { granter, grantee, msg_type_url: msgTypeUrl } },
  };
}

/** `MsgExec`: messages of another account, done under its grants. */
export function executeForMessage(input: {
  readonly granteeAddress: string;
  readonly messages: readonly BuiltMessage[];
}): BuiltMessage {
  const grantee = requireAddress(input.granteeAddress);
  return {
    typeUrl: "/cosmos.authz.v1beta1.MsgExec",
    value: MsgExec.encode({ grantee, msgs: input.messages.map(({ typeUrl, value }) => ({ typeUrl, value })) }).finish(),
    amino: { type: "cosmos-sdk/MsgExec", value: { grantee, msgs: input.messages.map(({ amino }) => amino) } },
  };
}
