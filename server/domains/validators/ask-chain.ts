import { z } from "zod";
import { feeFrom, gasPriceFrom } from "@/lib/chain/gas";
import { NetworkFacts } from "@/server/domains/chain";
import { isAppError } from "@/server/kernel/errors";
import { defineEffect } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { CREATION_GAS_RESERVE } from "./constants";
import { coinsMissing } from "./errors";

/** What the chain demands of a new validator, and whether the operator has one already. */
export const readCreationRules = defineEffect<Ports>()({
  verb: "validators.read-creation-rules",
  scope: "validators:read",
  tenancy: "platform",
  input: z.strictObject({ network: NetworkFacts, operatorAddress: z.string().optional() }),
  run: async (ctx, input) => {
    const chain = ctx.ports.chains.forNetwork(input.network);
    const params = await chain.stakingParams();
    let isOperatorTaken = false;
    if (input.operatorAddress !== undefined) {
      try {
        await chain.validatorByOperator(input.operatorAddress);
        isOperatorTaken = true;
      } catch (thrown) {
        if (!isAppError(thrown) || thrown.kind !== "not_found") throw thrown;
      }
    }
    return {
      minCommissionRate: params.minCommissionRate,
      maxValidators: params.maxValidators,
      unbondingSeconds: params.unbondingSeconds,
      bondDenom: params.bondDenom,
      isOperatorTaken,
    };
  },
});

/** Whether the wallet could create the validator: it holds the self-delegation and about the fee. @throws payment_required validators.coins_missing */
export const assertCoins = defineEffect<Ports>()({
  verb: "validators.assert-coins",
  scope: "validators:read",
  tenancy: "platform",
  input: z.strictObject({ network: NetworkFacts, walletAddress: z.string(), selfDelegation: z.string() }),
  run: async (ctx, { network, walletAddress, selfDelegation }) => {
    const chain = ctx.ports.chains.forNetwork(network);
    const [coins, gas] = await Promise.all([chain.balances(walletAddress, { maxAgeMs: 0 }), chain.gasFacts()]);
    const has = coins.find((coin) => coin.denom === network.baseDenom)?.amountBaseUnits ?? 0n;
    const needed = BigInt(selfDelegation) + feeFrom(CREATION_GAS_RESERVE, gasPriceFrom(gas));
    if (has < needed) throw coinsMissing(has, needed, network.baseDenom);
    return {};
  },
});

/** The validator as the chain shows it now; null when the chain answers that there is none. */
export const readValidatorOnChain = defineEffect<Ports>()({
  verb: "validators.read-validator-on-chain",
  scope: "validators:read",
  tenancy: "platform",
  input: z.strictObject({ network: NetworkFacts, operatorAddress: z.string(), maxAgeMs: z.number().int().optional() }),
  run: async (ctx, input) => {
    try {
      const found = await ctx.ports.chains
        .forNetwork(input.network)
        .validatorByOperator(input.operatorAddress, input.maxAgeMs === undefined ? {} : { maxAgeMs: input.maxAgeMs });
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
  },
});
