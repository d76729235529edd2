import { toBase64 } from "@cosmjs/encoding";
import { PubKey as Ed25519PubKey } from "cosmjs-types/cosmos/crypto/ed25519/keys";
import { MsgCreateValidator } from "cosmjs-types/cosmos/staking/v1beta1/tx";
import { ChainFormatError } from "../chain-format-error";
import { type CommissionRates, refuseNewCommission } from "../commission-rules";
import { decAtomics, decToAmino } from "../dec";
import { parseConsensusPubkey } from "../key-address";
import { type BuiltCoin, type BuiltMessage, requireAddress, wireCoin } from "./built-message";
import { aminoDescription, requireDescription, type ValidatorDescription } from "./validator-description";

const ED25519_TYPE_URL = "/cosmos.crypto.ed25519.PubKey";

export type CreateValidatorInput = {
  /** The operator signs; its account pays the self stake. */
  readonly operatorAddress: string;
  /** Raw 32-byte ed25519 key in base64; can never be changed afterwards. */
  readonly consensusPubkeyBase64: string;
  readonly description: ValidatorDescription;
  /** Dec strings; `maxRate` and `maxChangeRate` can never be changed afterwards. */
  readonly commission: CommissionRates;
  readonly minSelfDelegationBaseUnits: bigint;
  readonly selfDelegation: BuiltCoin;
};

/** `MsgCreateValidator`: the deprecated delegator address stays empty, rates are atomics in protobuf and decimals in amino. */
export function createValidatorMessage(input: CreateValidatorInput): BuiltMessage {
  const pubkey = parseConsensusPubkey(input.consensusPubkeyBase64);
  const description = requireDescription(input.description);
  const operatorAddress = requireAddress(input.operatorAddress);
  const value = wireCoin(input.selfDelegation);
  const { commission } = input;
  const refusal = refuseNewCommission(commission, "0");
  if (refusal !== null) {
    throw new ChainFormatError("message_invalid", `The chain would refuse these commission rates (${refusal}).`);
  }
  if (
    input.minSelfDelegationBaseUnits < 1n ||
    input.minSelfDelegationBaseUnits > input.selfDelegation.amountBaseUnits
  ) {
    throw new ChainFormatError("message_invalid", "The minimum self stake is at least 1 and at most the self stake.");
  }
  return {
    typeUrl: "/cosmos.staking.v1beta1.MsgCreateValidator",
    value: MsgCreateValidator.encode({
      description,
      commission: {
        rate: decAtomics(commission.rate).toString(),
        maxRate: decAtomics(commission.maxRate).toString(),
        maxChangeRate: decAtomics(commission.maxChangeRate).toString(),
      },
      minSelfDelegation: input.minSelfDelegationBaseUnits.toString(),
      delegatorAddress: "",
      validatorAddress: operatorAddress,
      pubkey: { typeUrl: ED25519_TYPE_URL, value: Ed25519PubKey.encode({ key: pubkey }).finish() },
      value,
    }).finish(),
    amino: {
      type: "cosmos-sdk/MsgCreateValidator",
      value: {
        description: aminoDescription(description),
        commission: {
          rate: decToAmino(commission.rate),
          max_rate: decToAmino(commission.maxRate),
          max_change_rate: decToAmino(commission.maxChangeRate),
        },
        min_self_delegation: input.minSelfDelegationBaseUnits.toString(),
        validator_address: operatorAddress,
        pubkey: { type: "tendermint/PubKeyEd25519", value: toBase64(pubkey) },
        value,
      },
    },
  };
}
