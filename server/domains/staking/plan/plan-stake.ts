import {
  beginRedelegateMessage,
  cancelUnbondingMessage,
  delegateMessage,
  undelegateMessage,
} from "@/lib/chain/messages/delegation";
import { formatDuration } from "@/lib/format/format-duration";
import {
  noSuchUnbonding,
  notSpendable,
  redelegationHop,
  sameValidator,
  stakeTooSmall,
  tooManyEntries,
  wouldJail,
} from "../errors";
import type { ActRequest } from "../schemas";
import { FRESH, type Plan, type Planner, requireValidator, stakeWith } from "./plan";

type Asked<Kind extends ActRequest["kind"]> = Extract<ActRequest, { kind: Kind }>;

/** What the wallet can spend now in the base denom. */
export async function spendableOf({ chain, network, signerAddress }: Planner): Promise<bigint> {
  const coins = await chain.spendableBalances(signerAddress, FRESH);
  return coins.find(({ denom }) => denom === network.baseDenom)?.amountBaseUnits ?? 0n;
}

/** Refuses what is not there to be spent. @throws conflict staking.not_spendable */
export async function assertSpendable(planner: Planner, neededBaseUnits: bigint): Promise<void> {
  const spendable = await spendableOf(planner);
  if (spendable < neededBaseUnits) throw notSpendable(planner.show, spendable, neededBaseUnits);
}

const coinOf = ({ network }: Planner, amountBaseUnits: bigint) => ({ denom: network.baseDenom, amountBaseUnits });
const stakeChange = (label: string, before: bigint, after: bigint) => ({
  label,
  unit: "base_units" as const,
  before: before.toString(),
  after: after.toString(),
});
const earliestOf = (instants: readonly string[]): string | null =>
  [...instants].sort((one, other) => Date.parse(one) - Date.parse(other))[0] ?? null;

/** Binds coins to a validator, the wallet's own or any other of the network. */
export async function planDelegate(planner: Planner, asked: Asked<"delegate">): Promise<Plan> {
  const amount = BigInt(asked.amountBaseUnits);
  const [validator, before] = await Promise.all([
    requireValidator(planner, asked.operatorAddress),
    stakeWith(planner, asked.operatorAddress),
    assertSpendable(planner, amount),
  ]);
  return {
    messages: [
      delegateMessage({
        delegatorAddress: planner.signerAddress,
        operatorAddress: asked.operatorAddress,
        amount: coinOf(planner, amount),
      }),
    ],
    spendsBaseUnits: amount,
    changes: [stakeChange(`Staked with ${validator.description.moniker}`, before, before + amount)],
    operatorAddress: asked.operatorAddress,
    proposalId: null,
    amountBaseUnits: amount,
  };
}

/** An operator who takes own stake away below the minimum is jailed at once (cosmos-sdk 0.53, x/staking/keeper/delegation.go `Unbond`). */
async function assertStaysFree(
  planner: Planner,
  operator: string,
  { left, isJailAccepted }: { readonly left: bigint; readonly isJailAccepted: boolean },
): Promise<void> {
  if (operator !== planner.ownOperatorAddress || isJailAccepted) return;
  const { minSelfDelegationBaseUnits: minimum, jailed } = await requireValidator(planner, operator);
  if (!jailed && left < minimum) throw wouldJail(planner.show, minimum, left);
}

/** Takes stake back; it is the wallet's again after the unbonding time. */
export async function planUndelegate(planner: Planner, asked: Asked<"undelegate">): Promise<Plan> {
  const { chain, signerAddress } = planner;
  const amount = BigInt(asked.amountBaseUnits);
  const [validator, staked, unbondings, params] = await Promise.all([
    requireValidator(planner, asked.operatorAddress),
    stakeWith(planner, asked.operatorAddress),
    chain.unbondings(signerAddress, FRESH),
    chain.stakingParams(FRESH),
  ]);
  if (amount > staked) throw stakeTooSmall(planner.show, staked);
  const entries = unbondings.filter(({ operatorAddress }) => operatorAddress === asked.operatorAddress);
  if (entries.length >= params.maxEntries) {
    throw tooManyEntries(params.maxEntries, earliestOf(entries.map(({ completesAt }) => completesAt)));
  }
  const left = staked - amount;
  await assertStaysFree(planner, asked.operatorAddress, { left, isJailAccepted: asked.isJailAccepted });
  return {
    messages: [
      undelegateMessage({
        delegatorAddress: signerAddress,
        operatorAddress: asked.operatorAddress,
        amount: coinOf(planner, amount),
      }),
    ],
    spendsBaseUnits: 0n,
    changes: [
      stakeChange(`Staked with ${validator.description.moniker}`, staked, left),
      // Stake with a validator that is unbonded already is free at once.
      {
        label: "Yours again",
        unit: "text",
        after:
          validator.status === "unbonded"
            ? "at once"
            : `${formatDuration(params.unbondingSeconds * 1_000)} after the block`,
      },
    ],
    operatorAddress: asked.operatorAddress,
    proposalId: null,
    amountBaseUnits: amount,
  };
}

/** Puts stake that is unbonding back to its validator. */
export async function planCancelUnbonding(planner: Planner, asked: Asked<"cancel_unbonding">): Promise<Plan> {
  const { chain, signerAddress } = planner;
  const amount = BigInt(asked.amountBaseUnits);
  const creationHeightBlocks = BigInt(asked.creationHeightBlocks);
  const [validator, staked, unbondings] = await Promise.all([
    requireValidator(planner, asked.operatorAddress),
    stakeWith(planner, asked.operatorAddress),
    chain.unbondings(signerAddress, FRESH),
  ]);
  const entry = unbondings.find(
    (one) => one.operatorAddress === asked.operatorAddress && one.creationHeightBlocks === creationHeightBlocks,
  );
  if (entry === undefined || entry.balanceBaseUnits < amount) throw noSuchUnbonding();
  return {
    messages: [
      cancelUnbondingMessage({
        delegatorAddress: signerAddress,
        operatorAddress: asked.operatorAddress,
        amount: coinOf(planner, amount),
        creationHeightBlocks,
      }),
    ],
    spendsBaseUnits: 0n,
    changes: [
      stakeChange("Unbonding", entry.balanceBaseUnits, entry.balanceBaseUnits - amount),
      stakeChange(`Staked with ${validator.description.moniker}`, staked, staked + amount),
    ],
    operatorAddress: asked.operatorAddress,
    proposalId: null,
    amountBaseUnits: amount,
  };
}

/** Moves stake to another validator without unbonding it; what was moved cannot be moved on for as long as unbonding takes. */
export async function planRedelegate(planner: Planner, asked: Asked<"redelegate">): Promise<Plan> {
  const { chain, signerAddress } = planner;
  const { sourceOperatorAddress: source, destinationOperatorAddress: destination } = asked;
  if (source === destination) throw sameValidator();
  const amount = BigInt(asked.amountBaseUnits);
  const [from, to, delegations, redelegations, params] = await Promise.all([
    requireValidator(planner, source),
    requireValidator(planner, destination),
    chain.delegations(signerAddress, FRESH),
    chain.redelegations(signerAddress, FRESH),
    chain.stakingParams(FRESH),
  ]);
  const stakedWith = (operator: string) =>
    delegations.find(({ operatorAddress }) => operatorAddress === operator)?.amountBaseUnits ?? 0n;
  const staked = stakedWith(source);
  if (amount > staked) throw stakeTooSmall(planner.show, staked);
  const incoming = redelegations.filter((one) => one.destinationOperatorAddress === source);
  const hop = [...incoming].sort((one, other) => Date.parse(other.completesAt) - Date.parse(one.completesAt))[0];
  if (hop) throw redelegationHop(hop.completesAt);
  const same = redelegations.filter(
    (one) => one.sourceOperatorAddress === source && one.destinationOperatorAddress === destination,
  );
  if (same.length >= params.maxEntries) {
    throw tooManyEntries(params.maxEntries, earliestOf(same.map(({ completesAt }) => completesAt)));
  }
  const left = staked - amount;
  await assertStaysFree(planner, source, { left, isJailAccepted: asked.isJailAccepted });
  const before = stakedWith(destination);
  return {
    messages: [
      beginRedelegateMessage({
        delegatorAddress: signerAddress,
        sourceOperatorAddress: source,
        destinationOperatorAddress: destination,
        amount: coinOf(planner, amount),
      }),
    ],
    spendsBaseUnits: 0n,
    changes: [
      stakeChange(`Staked with ${from.description.moniker}`, staked, left),
      stakeChange(`Staked with ${to.description.moniker}`, before, before + amount),
    ],
    operatorAddress: destination,
    proposalId: null,
    amountBaseUnits: amount,
  };
}
