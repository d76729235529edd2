import type { StepWords } from "@/server/kernel/work/declare-work";

export { ACT_STATUSES, type ActStatus } from "@/db/states/staking";

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
} as const;
export type ActKind = keyof typeof ACT_WORDS;
export const ACT_KINDS = Object.keys(ACT_WORDS) as [ActKind, ...ActKind[]];

/** Kind of the chain's transactions that are acts of this domain. */
export const ACT_SUBJECT = "act";

/** An act as the chain's transactions name it. */
export const subjectOf = (actId: string) => ({ kind: ACT_SUBJECT, id: actId });

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
