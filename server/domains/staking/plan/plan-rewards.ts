import { wholeUnits } from "@/lib/chain/dec";
import { withdrawDelegatorRewardMessage, withdrawValidatorCommissionMessage } from "@/lib/chain/messages/distribution";
import { nothingToWithdraw } from "../errors";
import { FRESH, orNone, type Plan, type Planner } from "./plan";

/** Commission that the wallet's own validator could pay out now, in whole base units; zero also where it has no validator. */
export async function ownCommission({ chain, network, ownOperatorAddress }: Planner): Promise<bigint> {
  // Asked for nobody's commission, the SDK's gateway answers as if it had failed itself (cosmos-sdk 0.53, x/distribution/keeper/grpc_query.go).
  if ((await orNone(chain.validatorByOperator(ownOperatorAddress, FRESH))) === null) return 0n;
  return wholeUnits(await chain.outstandingCommission(ownOperatorAddress, FRESH), network.baseDenom);
}

/** Rewards that could be paid out now in whole base units, by validator, without those that come to less than one. */
export async function dueRewards({ chain, network, signerAddress }: Planner) {
  const { byValidator } = await chain.rewards(signerAddress, FRESH);
  return byValidator
    .map(({ operatorAddress, coins }) => ({ operatorAddress, amount: wholeUnits(coins, network.baseDenom) }))
    .filter(({ amount }) => amount > 0n);
}

type Due = { readonly operatorAddress: string; readonly amount: bigint };

function planWithdrawals(
  planner: Planner,
  due: readonly Due[],
  commission: bigint,
  operatorAddress: string | null,
): Plan {
  const { signerAddress, ownOperatorAddress } = planner;
  const rewards = due.reduce((sum, { amount }) => sum + amount, 0n);
  if (rewards + commission === 0n) throw nothingToWithdraw();
  const ofCommission = withdrawValidatorCommissionMessage({ operatorAddress: ownOperatorAddress });
  return {
    // The commission comes first: where not all fits into one transaction, it is one message of what may be many coins.
    messages: [
      ...(commission === 0n ? [] : [ofCommission]),
      ...due.map((one) =>
        withdrawDelegatorRewardMessage({ delegatorAddress: signerAddress, operatorAddress: one.operatorAddress }),
      ),
    ],
    spendsBaseUnits: 0n,
    changes: [
      ...(commission === 0n
        ? []
        : [{ label: "Commission paid out", unit: "base_units" as const, after: commission.toString() }]),
      ...(rewards === 0n
        ? []
        : [{ label: "Rewards paid out, at least", unit: "base_units" as const, after: rewards.toString() }]),
    ],
    operatorAddress,
    proposalId: null,
    amountBaseUnits: rewards + commission,
    shortened: (messages) =>
      planWithdrawals(planner, due.slice(0, messages - (commission === 0n ? 0 : 1)), commission, operatorAddress),
  };
}

/** Pays out what one validator earned for the wallet, with its commission where it is the wallet's own. */
export async function planWithdraw(planner: Planner, { operatorAddress }: { readonly operatorAddress: string }) {
  const [due, commission] = await Promise.all([
    dueRewards(planner),
    operatorAddress === planner.ownOperatorAddress ? ownCommission(planner) : 0n,
  ]);
  const own = due.filter((one) => one.operatorAddress === operatorAddress);
  return planWithdrawals(planner, own, commission, operatorAddress);
}

/** Pays out everything: one message a validator, the largest first, and the commission. */
export async function planClaimAll(planner: Planner): Promise<Plan> {
  const [due, commission] = await Promise.all([dueRewards(planner), ownCommission(planner)]);
  const largestFirst = [...due].sort(
    (one, other) => Number(other.amount > one.amount) - Number(other.amount < one.amount),
  );
  return planWithdrawals(planner, largestFirst, commission, null);
}
