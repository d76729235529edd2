import { MsgVote } from "cosmjs-types/cosmos/gov/v1/tx";
import { type BuiltMessage, requireAddress } from "./built-message";

/** Vote options with their numbers on the wire (cosmos-sdk 0.53, gov/v1/gov.proto `VoteOption`). */
export const VOTE_OPTION_NUMBERS = { yes: 1, abstain: 2, no: 3, no_with_veto: 4 } as const;
export type VoteOption = keyof typeof VOTE_OPTION_NUMBERS;

/** `MsgVote` of gov v1; a later vote of the same account replaces it until voting ends. */
export function voteMessage(input: {
  readonly voterAddress: string;
  readonly proposalId: bigint;
  readonly option: VoteOption;
}): BuiltMessage {
  const voter = requireAddress(input.voterAddress);
  const option = VOTE_OPTION_NUMBERS[input.option];
  return {
    typeUrl: "/cosmos.gov.v1.MsgVote",
    value: MsgVote.encode({ proposalId: input.proposalId, voter, option, metadata: "" }).finish(),
    amino: {
      type: "cosmos-sdk/v1/MsgVote",
      value: { proposal_id: input.proposalId.toString(), voter, option },
    },
  };
}
