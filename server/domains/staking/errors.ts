import { formatDuration } from "@/lib/format/format-duration";
import { formatInstant } from "@/lib/format/format-instant";
import type { NodeStanding } from "@/server/domains/validators";
import { conflict, forbidden, invalid, invalidState, notFound } from "@/server/kernel/errors";

/** Writes an amount for people, in the network's display denom. */
export type ShowAmount = (amountBaseUnits: bigint) => string;

/** 404: there is none, or it is another organisation's. */
export const actNotFound = (actId: string) =>
  notFound("staking.act_not_found", "There is no such transaction here. Choose one of the list.", {
    details: { actId },
  });

/** 404: the guard points to no report for it, or there is no guard. */
export const advisoryNotFound = (proposalId: string) =>
  notFound("staking.advisory_not_found", `No advisory report is linked to proposal ${proposalId}.`, {
    details: { proposalId },
  });

export const fieldInvalid = (field: string, message: string) =>
  invalid("staking.invalid_field", `${field}: ${message}`, { fieldErrors: { [field]: [message] } });

/** 403: nobody is asked to sign for a wallet of somebody else. */
export const notYourWallet = () =>
  forbidden(
    "staking.not_your_wallet",
    "This wallet is not linked to you. Link it under Account, Wallets, then prepare the transaction again.",
  );

/** 409: the answer with the kept bytes was lost, and the bytes of now are others. */
export const preparedBefore = () =>
  conflict(
    "staking.prepared_before",
    "A transaction was prepared under this Idempotency-Key before, and its answer was lost. Ask for a new one with a new key.",
  );

export const notPrepared = (status: string) =>
  invalidState(
    "staking.not_prepared",
    `This transaction is ${status}, so it takes no signature any more. Prepare a new one.`,
    { details: { status } },
  );

export const noOwnValidator = () =>
  conflict(
    "staking.no_own_validator",
    "The chain knows no validator of this wallet. Choose the wallet that created the validator.",
  );

export const noSuchValidator = (operatorAddress: string) =>
  notFound("staking.validator_not_found", "The chain knows no such validator. Choose one of the list.", {
    details: { operatorAddress },
  });

export const notJailed = () =>
  conflict("staking.not_jailed", "The validator is not jailed, so there is nothing to release.");

export const tombstoned = () =>
  invalidState(
    "staking.tombstoned",
    "The validator signed two blocks of one height and is tombstoned: its key can never sign again. Take the stake back and set up a new validator.",
  );

export const jailNotOver = (jailedUntil: string, secondsLeft: number) =>
  conflict(
    "staking.jail_not_over",
    `By the clock of its last block the chain keeps the validator in jail for ${formatDuration(secondsLeft * 1_000)} more. Release it after that.`,
    { details: { jailedUntil, secondsLeft } },
  );

export const selfDelegationBelowMinimum = (show: ShowAmount, hasBaseUnits: bigint, minimumBaseUnits: bigint) =>
  conflict(
    "staking.self_delegation_below_minimum",
    `The validator's own stake is ${show(hasBaseUnits)}, below its minimum of ${show(minimumBaseUnits)}: the chain releases it only with that much. Delegate the rest to it first.`,
    {
      details: {
        selfDelegationBaseUnits: hasBaseUnits.toString(),
        minSelfDelegationBaseUnits: minimumBaseUnits.toString(),
      },
    },
  );

const NODE_WORDS: Readonly<Record<NodeStanding, string>> = {
  synced: "is in sync",
  behind: "is behind the chain",
  down: "is down",
  stopped: "is stopped",
  unknown: "has not been heard of lately, so that nobody knows whether it is in sync",
  at_work: "is being worked on",
  removed: "is removed",
  none: "is not there",
};

type NodeNow = { readonly state: NodeStanding; readonly lastSeenAt: string | null };

/** Since when nobody knows of it; of a node that is known to be down each look would say another time. */
const lastHeardOf = ({ state, lastSeenAt }: NodeNow): string =>
  state === "unknown" && lastSeenAt !== null
    ? ` (last heard of on ${formatInstant(Date.parse(lastSeenAt), "UTC")})`
    : "";

/** One that runs or is about to is not started a second time. */
const ADVICE: Readonly<Partial<Record<NodeStanding, string>>> = {
  behind: "Wait until it is in sync, then release it.",
  at_work: "Wait until it is in sync, then release it.",
};

export const nodeNotInSync = (node: NodeNow) =>
  conflict(
    "staking.node_not_in_sync",
    `The validator's node ${NODE_WORDS[node.state]}${lastHeardOf(node)}. Released now it would miss blocks and be jailed again. ${ADVICE[node.state] ?? "Start it, wait until it is in sync, then release it."}`,
    { details: { nodeState: node.state, lastSeenAt: node.lastSeenAt } },
  );

export const nothingChanges = () => conflict("staking.nothing_changes", "The chain has these values already.");

export const commissionRefused = (refusal: string, sentence: string, details: Record<string, string>) =>
  conflict(`staking.commission_${refusal}`, sentence, { details: { refusal, ...details } });

export const nothingToWithdraw = () =>
  conflict("staking.nothing_to_withdraw", "There is less than one base unit to withdraw. Wait for a few blocks.");

export const notSpendable = (show: ShowAmount, spendableBaseUnits: bigint, neededBaseUnits: bigint) =>
  conflict(
    "staking.not_spendable",
    `The wallet can spend ${show(spendableBaseUnits)} now; this takes ${show(neededBaseUnits)}, and a fee. What vests yet cannot be used.`,
    {
      details: { spendableBaseUnits: spendableBaseUnits.toString(), neededBaseUnits: neededBaseUnits.toString() },
    },
  );

export const stakeTooSmall = (show: ShowAmount, stakedBaseUnits: bigint) =>
  conflict(
    "staking.stake_too_small",
    `The wallet has ${show(stakedBaseUnits)} staked with this validator. Ask for that or less.`,
    { details: { stakedBaseUnits: stakedBaseUnits.toString() } },
  );

export const tooManyEntries = (maxEntries: number, freeAt: string | null) =>
  conflict(
    "staking.too_many_entries",
    `The chain keeps ${maxEntries} of these at once for one wallet and validator, and there are as many. The next one ends ${freeAt ?? "later"}.`,
    { details: { maxEntries, freeAt } },
  );

export const redelegationHop = (completesAt: string) =>
  conflict(
    "staking.redelegation_hop",
    `Stake was moved to this validator before; the chain moves none on from it until ${completesAt}. Undelegate, or wait.`,
    { details: { completesAt } },
  );

export const sameValidator = () => fieldInvalid("destinationOperatorAddress", "another validator than the source");

export const wouldJail = (show: ShowAmount, minimumBaseUnits: bigint, leftBaseUnits: bigint) =>
  conflict(
    "staking.would_jail",
    `This leaves ${show(leftBaseUnits)} of the validator's own stake, below its minimum of ${show(minimumBaseUnits)}: the chain jails it at once. Say that you accept that, or take less.`,
    {
      details: { minSelfDelegationBaseUnits: minimumBaseUnits.toString(), leftBaseUnits: leftBaseUnits.toString() },
    },
  );

export const noSuchUnbonding = () =>
  conflict(
    "staking.no_such_unbonding",
    "There is no such unbonding any more, or not so much of it. Read the list again.",
  );

export const proposalNotFound = (proposalId: string) =>
  notFound("staking.proposal_not_found", "The chain knows no such proposal.", { details: { proposalId } });

export const votingClosed = (status: string) =>
  conflict("staking.voting_closed", `Proposal votes are taken in its voting period alone; it is in ${status}.`, {
    details: { status },
  });

export const depositClosed = (status: string) =>
  conflict("staking.deposit_closed", `Deposits are taken until voting has ended; the proposal is in ${status}.`, {
    details: { status },
  });

export const noGovernance = () =>
  conflict("staking.no_governance", "This chain has no governance module, so there is nothing to vote on.");

/** This wallet signs amino JSON alone, as a Ledger does. */
export const aminoUnsupported = () =>
  invalidState(
    "staking.amino_unsupported",
    "A permission can be signed only by wallets that sign directly; a Ledger, which signs amino JSON, cannot. Use another wallet, or claim and delegate by hand.",
  );

export const grantsNotOffered = () =>
  conflict(
    "staking.grants_not_offered",
    "This chain has no module for permissions or for paying fees of others, so rewards cannot be compounded on it.",
  );

export const paidElsewhere = (withdrawAddress: string) =>
  conflict(
    "staking.paid_elsewhere",
    "This wallet has its rewards paid out to another account, so staking again would take coins that it did not earn. Set its withdraw address to itself first.",
    { details: { withdrawAddress } },
  );

export const noStakeToCompound = () =>
  conflict("staking.no_stake_to_compound", "Nothing is staked with this validator, so there is nothing to compound.");

export const nothingToRevoke = () =>
  conflict("staking.nothing_to_revoke", "The chain holds no permission of this wallet for compounding.");

export const compoundNotFound = (compoundId: string) =>
  notFound("staking.compound_not_found", "There is no such compounding here.", { details: { compoundId } });
