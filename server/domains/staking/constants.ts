import type { StepWords } from "@/server/kernel/work/declare-work";

export {
  ACT_STATUSES,
  type ActStatus,
  COMPOUND_RUN_STATUSES,
  COMPOUND_STATUSES,
  type CompoundRunStatus,
  type CompoundStatus,
} from "@/db/states/staking";

/** Everything that can be asked for, and its words in lists and filters. */
export const ACT_WORDS = {
  unjail: "Unjail",
  edit_profile: "Edit profile",
  edit_commission: "Edit commission",
  withdraw: "Withdraw",
  claim_all: "Claim all",
  delegate: "Delegate",
  undelegate: "Undelegate",
  cancel_unbonding: "Cancel unbonding",
  redelegate: "Redelegate",
  vote: "Vote",
  deposit: "Deposit",
  grant_compound: "Compound by grant",
  revoke_compound: "Revoke compounding",
} as const;
export type ActKind = keyof typeof ACT_WORDS;
export const ACT_KINDS = Object.keys(ACT_WORDS) as [ActKind, ...ActKind[]];

/** Kind of the chain's transactions that are acts of this domain. */
export const ACT_SUBJECT = "act";

/** An act as the chain's transactions name it. */
export const subjectOf = (actId: string) => ({ kind: ACT_SUBJECT, id: actId });

/** Kind of the chain's transactions that compound rewards. */
export const COMPOUND_RUN_SUBJECT = "compoundRun";
export const subjectOfRun = (runId: string) => ({ kind: COMPOUND_RUN_SUBJECT, id: runId });

/** Rewards are looked at so often, and staked again when they are worth so many times the fee. */
export const COMPOUND_EVERY_MINUTES = 60;
export const COMPOUND_WORTH_FEES = 10n;
/** How long a grant may hold at most, and what is proposed. */
export const COMPOUND_DAYS = { min: 1, max: 365, default: 90 } as const;
/** Runs that are shown. */
export const COMPOUND_RUNS_SHOWN = 10;

/** The two kinds of messages that are granted, and the one whose fees are. */
export const DELEGATE_TYPE_URL = "/cosmos.staking.v1beta1.MsgDelegate";
export const WITHDRAW_TYPE_URL = "/cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward";
export const EXECUTE_TYPE_URL = "/cosmos.authz.v1beta1.MsgExec";

/** Why compounding ended by itself. */
export const COMPOUND_ENDS = {
  "staking.compound_revoked": "The permission is gone from the chain: it was revoked.",
  "staking.compound_expired": "The permission ran out.",
  "staking.compound_limit_used": "The limit of what may be staked is used up, or that permission is gone.",
  "staking.compound_fees_used": "The allowance for fees is used up, over or gone.",
  "staking.compound_other_grant":
    "Another permission to stake took its place on the chain: for other validators, or without a limit.",
  "staking.compound_replaced": "The wallet granted it anew.",
  "staking.compound_pays_elsewhere":
    "The wallet has its rewards paid out to another account, so they cannot be staked again.",
} as const;
export type CompoundEnd = keyof typeof COMPOUND_ENDS;

/** Why compounding waits. */
export const COMPOUND_WAITS = {
  "staking.compound_too_little": "What was earned is not worth ten times the fee yet.",
  "staking.compound_validator_not_bonded": "The validator is not in the set, so stake would earn nothing there.",
  "staking.compound_no_stake": "Nothing is staked with the validator.",
  "staking.compound_not_built": "The chain would not take it, or did not answer; it is tried again.",
} as const;
export type CompoundWait = keyof typeof COMPOUND_WAITS;

/** A document that nobody signed is given up after this: sequence and gas have moved on by then. */
export const UNSIGNED_FOR_MINUTES = 60;

/** Gas that "Max" leaves the fee of: of this transaction and of a later one, such as taking the stake back. */
export const MAX_GAS_RESERVE = 1_000_000n;

/** Rows of one CSV file. */
export const MAX_EXPORTED_ACTS = 10_000;

export const SETTLE_STEPS = [
  {
    id: "settle",
    title: "Take in what the chain said",
    sentence: "The chain's answer is taken in.",
    percentWhenDone: 100,
  },
] as const satisfies readonly StepWords[];

/** The options of a vote as people read them, in the sheet, the story and the tally alike. */
export const VOTE_WORDS = { yes: "Yes", abstain: "Abstain", no: "No", no_with_veto: "No with veto" } as const;

/** An act that nobody signed is kept for so long, for whoever looks for it. */
export const WITHDRAWN_KEPT_DAYS = 30;

/** How many proposals of a list the risk guard is asked about; of older ones their pages tell. */
export const MAX_TIERS = 50;
