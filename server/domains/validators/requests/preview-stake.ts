import { feeFrom, gasPriceFrom } from "@/lib/chain/gas";
import { networkOf } from "@/server/domains/chain";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { CREATION_GAS_RESERVE } from "../constants";
import { readSpendable, readStakeStanding } from "./ask-chain";
import { PreviewStakeInput, StakePreview } from "./schemas";
import { walletOn } from "./wallet-on";

/**
 * What a self-delegation would come to before anything is signed: what the wallet can pay with, the fee, what remains, and where the stake would
 * stand in the set. Read from the chain now; a chain that does not answer is an error, never a zero. @throws invalid validators.invalid_field
 */
export const previewStake = defineFlow<Ports>()({
  verb: "validators.preview-stake",
  scope: "validators:read",
  tenancy: "organization",
  input: PreviewStakeInput,
  output: StakePreview,
  run: async (ctx, input): Promise<StakePreview> => {
    const { network } = await networkOf(ctx, input.networkId);
    const { walletAddress } = walletOn(network, input.walletAddress);
    const stake = BigInt(input.selfDelegation);
    const [spendable, gas, standing] = await Promise.all([
      readSpendable(ctx.ports, network, walletAddress),
      ctx.ports.chains.forNetwork(network).gasFacts(),
      readStakeStanding(ctx.ports, network, stake),
    ]);
    const fee = feeFrom(CREATION_GAS_RESERVE, gasPriceFrom(gas));
    return {
      denom: network.baseDenom,
      spendableBaseUnits: spendable.toString(),
      feeBaseUnits: fee.toString(),
      remainsBaseUnits: (spendable - stake - fee).toString(),
      isCovered: spendable >= stake + fee,
      powerReduction: standing.powerReduction.toString(),
      votingPower: standing.votingPower.toString(),
      isBelowOnePower: standing.isBelowOnePower,
      isSetFull: standing.isSetFull,
      maxValidators: standing.maxValidators,
      wouldRank: standing.wouldRank,
      wouldJoinSet: standing.wouldJoinSet,
      lowestBonded: standing.lowestBondedBaseUnits?.toString() ?? null,
      readAt: ctx.now().toISOString(),
    };
  },
});
