import { wholeUnits } from "@/lib/chain/dec";
import { feeFrom, gasPriceFrom } from "@/lib/chain/gas";
import { getNetwork, readApr } from "@/server/domains/chain";
import type { ServiceCtx } from "@/server/kernel/context";
import { defineFlow } from "@/server/kernel/verbs";
import type { ChainUnbonding, ChainValidator } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { MAX_GAS_RESERVE } from "../constants";
import { ownNodeOf, readOwnValidator, unjailFactsOf } from "../plan/own-validator";
import type { Planner } from "../plan/plan";
import { ownCommission } from "../plan/plan-rewards";
import { spendableOf } from "../plan/plan-stake";
import { commissionChangeableAt } from "../plan/plan-validator-acts";
import { plannerOf } from "../plan/planner-of";
import { refuseUnjail } from "../plan/unjail-rule";
import { Position, PositionInput } from "../schemas";

type Ctx = ServiceCtx<Ports> & { readonly organizationId: string };

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

async function viewOwnValidator(ctx: Ctx, planner: Planner, chainNow: Date): Promise<Position["ownValidator"]> {
  const own = await readOwnValidator(planner);
  if (own === null) return null;
  const { validator, signing, selfDelegationBaseUnits } = own;
  const [commission, node] = await Promise.all([ownCommission(planner), ownNodeOf(ctx, planner)]);
  const refusal = validator.jailed ? refuseUnjail(unjailFactsOf(own, { chainNow, node }), planner.show) : null;
  return {
    operatorAddress: validator.operatorAddress,
    moniker: validator.description.moniker,
    identity: validator.description.identity,
    website: validator.description.website,
    securityContact: validator.description.securityContact,
    details: validator.description.details,
    status: validator.status,
    isJailed: validator.jailed,
    isTombstoned: signing?.tombstoned ?? false,
    jailedUntil: validator.jailed ? (signing?.jailedUntil ?? null) : null,
    unjailRefusal: refusal && { code: refusal.code, sentence: refusal.message },
    commissionRate: validator.commissionRate,
    commissionMaxRate: validator.commissionMaxRate,
    commissionMaxChangeRate: validator.commissionMaxChangeRate,
    commissionChangeableAt: commissionChangeableAt(validator),
    commissionBaseUnits: commission.toString(),
    minSelfDelegationBaseUnits: validator.minSelfDelegationBaseUnits.toString(),
    selfDelegationBaseUnits: selfDelegationBaseUnits.toString(),
  };
}

const startOf = ({ completesAt }: Pick<ChainUnbonding, "completesAt">, unbondingSeconds: number): string =>
  new Date(Date.parse(completesAt) - unbondingSeconds * 1_000).toISOString();

/**
 * What a wallet has on a network: coins, stake, rewards, what unbonds, and the validator that it operates. Read from the chain now; one read that
 * fails fails the whole, since a figure that is missing would be taken for zero. All of it is public on the chain.
 * @throws invalid staking.invalid_field
 */
export const getPosition = defineFlow<Ports>()({
  verb: "staking.get-position",
  scope: "staking:read",
  tenancy: "organization",
  input: PositionInput,
  output: Position,
  run: async (ctx, input): Promise<Position> => {
    const { id: networkId } = await getNetwork(ctx, { networkId: input.networkId });
    const { address } = input;
    const planner = await plannerOf(ctx, { networkId, address, field: "address" });
    const { chain, network } = planner;
    const { baseDenom } = network;
    const [balances, spendable, delegations, unbondings, redelegations, rewards, validators, params, gas, status] =
      await Promise.all([
        chain.balances(address),
        spendableOf(planner),
        chain.delegations(address),
        chain.unbondings(address),
        chain.redelegations(address),
        chain.rewards(address),
        chain.validatorSet(),
        chain.stakingParams(),
        chain.gasFacts(),
        chain.status(),
      ]);
    const [ownValidator, apr] = await Promise.all([
      viewOwnValidator(ctx, planner, new Date(status.latestBlockAt)),
      readApr(ctx, { chain, networkId, bondDenom: params.bondDenom }),
    ]);
    const byOperator = new Map<string, ChainValidator>(validators.map((one) => [one.operatorAddress, one]));
    const monikerOf = (operator: string) => byOperator.get(operator)?.description.moniker ?? operator;
    const rewardsOf = new Map(
      rewards.byValidator.map(({ operatorAddress, coins }) => [operatorAddress, wholeUnits(coins, baseDenom)]),
    );
    return {
      networkId,
      address,
      denom: baseDenom,
      readAt: ctx.now().toISOString(),
      balanceBaseUnits: (balances.find(({ denom }) => denom === baseDenom)?.amountBaseUnits ?? 0n).toString(),
      spendableBaseUnits: spendable.toString(),
      feeReserveBaseUnits: feeFrom(MAX_GAS_RESERVE, gasPriceFrom(gas)).toString(),
      stakedBaseUnits: sumOf(delegations.map(({ amountBaseUnits }) => amountBaseUnits)).toString(),
      rewardsBaseUnits: sumOf([...rewardsOf.values()]).toString(),
      delegations: delegations
        .toSorted((one, other) => (other.amountBaseUnits > one.amountBaseUnits ? 1 : -1))
        .map(({ operatorAddress, amountBaseUnits }) => {
          const validator = byOperator.get(operatorAddress);
          return {
            operatorAddress,
            moniker: monikerOf(operatorAddress),
            amountBaseUnits: amountBaseUnits.toString(),
            rewardsBaseUnits: (rewardsOf.get(operatorAddress) ?? 0n).toString(),
            // Null where the set was read a block before the stake was given to a new one.
            commissionRate: validator?.commissionRate ?? null,
            status: validator?.status ?? null,
            isJailed: validator?.jailed ?? null,
          };
        }),
      unbondings: unbondings
        .toSorted((one, other) => Date.parse(one.completesAt) - Date.parse(other.completesAt))
        .map((entry) => ({
          operatorAddress: entry.operatorAddress,
          moniker: monikerOf(entry.operatorAddress),
          creationHeightBlocks: entry.creationHeightBlocks.toString(),
          startedAt: startOf(entry, params.unbondingSeconds),
          completesAt: entry.completesAt,
          balanceBaseUnits: entry.balanceBaseUnits.toString(),
        })),
      redelegations: redelegations.map((entry) => ({
        sourceOperatorAddress: entry.sourceOperatorAddress,
        destinationOperatorAddress: entry.destinationOperatorAddress,
        destinationMoniker: monikerOf(entry.destinationOperatorAddress),
        completesAt: entry.completesAt,
        balanceBaseUnits: entry.balanceBaseUnits.toString(),
      })),
      ownValidator,
      unbondingSeconds: params.unbondingSeconds,
      maxEntries: params.maxEntries,
      minCommissionRate: params.minCommissionRate,
      ...apr,
    };
  },
});
