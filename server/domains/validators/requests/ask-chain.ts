import { feeFrom, gasPriceFrom } from "@/lib/chain/gas";
import { powerReductionFrom } from "@/lib/chain/power-reduction";
import { isAppError } from "@/server/kernel/errors";
import type { ChainNetwork } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { CREATION_GAS_RESERVE } from "../constants";
import { coinsMissing } from "../errors";
import { stakeStanding } from "./stake-standing";

type Chains = Pick<Ports, "chains">;

/** What the chain demands of a new validator. */
export async function readCreationRules({ chains }: Chains, network: ChainNetwork) {
  const params = await chains.forNetwork(network).stakingParams();
  return {
    minCommissionRate: params.minCommissionRate,
    maxValidators: params.maxValidators,
    unbondingSeconds: params.unbondingSeconds,
    bondDenom: params.bondDenom,
  };
}

/** Whether the wallet could create the validator: it holds the self-delegation and about the fee. @throws payment_required validators.coins_missing */
export async function assertCoins(
  { chains }: Chains,
  network: ChainNetwork,
  wallet: { readonly walletAddress: string; readonly selfDelegation: string },
): Promise<void> {
  const chain = chains.forNetwork(network);
  const [has, gas] = await Promise.all([
    readSpendable({ chains }, network, wallet.walletAddress, { maxAgeMs: 0 }),
    chain.gasFacts(),
  ]);
  const needed = BigInt(wallet.selfDelegation) + feeFrom(CREATION_GAS_RESERVE, gasPriceFrom(gas));
  if (has < needed) throw coinsMissing(has, needed, network.baseDenom);
}

/** What a wallet can pay with now, in the network's base denom; zero is the chain's own answer. */
export async function readSpendable(
  { chains }: Chains,
  network: ChainNetwork,
  walletAddress: string,
  options: { readonly maxAgeMs?: number } = {},
): Promise<bigint> {
  const coins = await chains.forNetwork(network).spendableBalances(walletAddress, options);
  return coins.find((coin) => coin.denom === network.baseDenom)?.amountBaseUnits ?? 0n;
}

/** Base units in one unit of the chain's voting power, read off its set; see `powerReductionFrom`. */
export async function readPowerReduction({ chains }: Chains, network: ChainNetwork): Promise<bigint> {
  return (await readSet({ chains }, network)).powerReduction;
}

/** Those that sign now with their tokens, and what one unit of power is. */
async function readSet({ chains }: Chains, network: ChainNetwork) {
  const chain = chains.forNetwork(network);
  const [bonded, { latestHeightBlocks }] = await Promise.all([
    chain.validatorSet({ status: "bonded" }),
    chain.status(),
  ]);
  const powers = new Map(
    (await chain.consensusValidators(latestHeightBlocks)).map((one) => [one.consensusAddressHex, one.votingPower]),
  );
  const powerReduction = powerReductionFrom(
    bonded.map((one) => ({
      tokensBaseUnits: one.tokensBaseUnits,
      votingPower: powers.get(one.consensusAddressHex) ?? 0n,
    })),
  );
  return { stakes: bonded.map((one) => one.tokensBaseUnits), powerReduction };
}

/** Where a stake would stand in the chain's set as it is now. */
export async function readStakeStanding({ chains }: Chains, network: ChainNetwork, stakeBaseUnits: bigint) {
  const [{ stakes, powerReduction }, { maxValidators }] = await Promise.all([
    readSet({ chains }, network),
    chains.forNetwork(network).stakingParams(),
  ]);
  return stakeStanding({ stakes, powerReduction, maxValidators, stakeBaseUnits });
}

/** The validator as the chain shows it now; null when the chain answers that there is none. */
export async function readValidatorOnChain(
  { chains }: Chains,
  network: ChainNetwork,
  operatorAddress: string,
  options: { readonly maxAgeMs?: number } = {},
) {
  try {
    const found = await chains.forNetwork(network).validatorByOperator(operatorAddress, options);
    return {
      operatorAddress: found.operatorAddress,
      consensusPubkey: found.consensusPubkeyBase64,
      consensusAddress: found.consensusAddress,
      consensusAddressHex: found.consensusAddressHex,
      isJailed: found.jailed,
      status: found.status,
      tokensBaseUnits: found.tokensBaseUnits.toString(),
      commissionRate: found.commissionRate,
      commissionMaxRate: found.commissionMaxRate,
      commissionMaxChangeRate: found.commissionMaxChangeRate,
      moniker: found.description.moniker,
    };
  } catch (thrown) {
    if (isAppError(thrown) && thrown.kind === "not_found") return null;
    throw thrown;
  }
}
