import { feeFrom, gasPriceFrom } from "@/lib/chain/gas";
import { isAppError } from "@/server/kernel/errors";
import type { ChainNetwork } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { CREATION_GAS_RESERVE } from "../constants";
import { coinsMissing } from "../errors";

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
  const [coins, gas] = await Promise.all([chain.balances(wallet.walletAddress, { maxAgeMs: 0 }), chain.gasFacts()]);
  const has = coins.find((coin) => coin.denom === network.baseDenom)?.amountBaseUnits ?? 0n;
  const needed = BigInt(wallet.selfDelegation) + feeFrom(CREATION_GAS_RESERVE, gasPriceFrom(gas));
  if (has < needed) throw coinsMissing(has, needed, network.baseDenom);
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
