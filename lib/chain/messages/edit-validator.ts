import { MsgEditValidator } from "cosmjs-types/cosmos/staking/v1beta1/tx";
import { decAtomics, decToAmino } from "../dec";
import { type BuiltMessage, requireAddress } from "./built-message";
import {
  aminoDescription,
  DO_NOT_MODIFY,
  requireDescription,
  type ValidatorDescription,
} from "./validator-description";

export type EditValidatorInput = {
  readonly operatorAddress: string;
  /** Only what changes; an absent field stays as it is, an empty one is cleared. */
  readonly description?: { readonly [Field in keyof ValidatorDescription]?: string | undefined };
  /** Dec string; absent leaves it. The chain takes one change a day (`refuseCommissionChange`). */
  readonly commissionRate?: string | undefined;
  /** Absent leaves it; the chain lets it rise only. */
  readonly minSelfDelegationBaseUnits?: bigint | undefined;
};

/** `MsgEditValidator`: what is not named is sent as `[do-not-modify]` or empty, so that it stays. */
export function editValidatorMessage(input: EditValidatorInput): BuiltMessage {
  const description = requireDescription({
    moniker: input.description?.moniker ?? DO_NOT_MODIFY,
    identity: input.description?.identity ?? DO_NOT_MODIFY,
    website: input.description?.website ?? DO_NOT_MODIFY,
    securityContact: input.description?.securityContact ?? DO_NOT_MODIFY,
    details: input.description?.details ?? DO_NOT_MODIFY,
  });
  const validatorAddress = requireAddress(input.operatorAddress);
  const minSelfDelegation = input.minSelfDelegationBaseUnits?.toString() ?? "";
  return {
    typeUrl: "/cosmos.staking.v1beta1.MsgEditValidator",
    value: MsgEditValidator.encode({
      description,
      validatorAddress,
      commissionRate: input.commissionRate === undefined ? "" : decAtomics(input.commissionRate).toString(),
      minSelfDelegation,
    }).finish(),
    amino: {
      type: "cosmos-sdk/MsgEditValidator",
      value: {
        description: aminoDescription(description),
        validator_address: validatorAddress,
        ...(input.commissionRate === undefined ? {} : { commission_rate: decToAmino(input.commissionRate) }),
        ...(minSelfDelegation === "" ? {} : { min_self_delegation: minSelfDelegation }),
      },
    },
  };
}
