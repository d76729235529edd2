import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { z } from "zod";
import { aminoTransaction, directTransaction, simulationTxBytes } from "@/lib/chain/build-transaction";
import { feeFrom, gasLimitAgain, gasPriceFrom } from "@/lib/chain/gas";
import { createValidatorMessage } from "@/lib/chain/messages/create-validator";
import { conflict, isAppError, upstreamRejected } from "@/server/kernel/errors";
import { defineEffect } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { NetworkFacts } from "./effect-inputs";

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

const CreateValidatorFacts = z.strictObject({
  network: NetworkFacts,
  signMode: z.enum(["direct", "amino"]),
  pubkeyBase64: z.string(),
  walletAddress: z.string(),
  operatorAddress: z.string(),
  consensusPubkey: z.string(),
  moniker: z.string(),
  identity: z.string(),
  website: z.string(),
  securityContact: z.string(),
  details: z.string(),
  commissionRate: z.string(),
  commissionMaxRate: z.string(),
  commissionMaxChangeRate: z.string(),
  minSelfDelegation: z.string(),
  selfDelegation: z.string(),
  /** Of the unsigned document that this one replaces. */
  formerGasLimit: z.string().nullable(),
});

/**
 * Builds the exact bytes to sign: account and sequence from the chain, gas from a simulation with half on top, price from the node's floor.
 * @throws conflict validators.account_unfunded, validators.balance_too_low, upstream_rejected chain.simulation_refused
 */
export const buildCreateValidator = defineEffect<Ports>()({
  verb: "validators.build-create-validator",
  scope: "validators:write",
  tenancy: "platform",
  input: CreateValidatorFacts,
  run: async (ctx, input) => {
    const chain = ctx.ports.chains.forNetwork(input.network);
    const denom = input.network.baseDenom;
    const account = await chain.account(input.walletAddress, { maxAgeMs: 0 });
    if (!account.exists) {
      throw conflict(
        "validators.account_unfunded",
        "This account has never received coins, so it cannot pay. Send it the stake and a fee, then try again.",
      );
    }
    const selfDelegation = BigInt(input.selfDelegation);
    const balance =
      (await chain.balances(input.walletAddress, { maxAgeMs: 0 })).find((coin) => coin.denom === denom)
        ?.amountBaseUnits ?? 0n;
    const message = createValidatorMessage({
      operatorAddress: input.operatorAddress,
      consensusPubkeyBase64: input.consensusPubkey,
      description: {
        moniker: input.moniker,
        identity: input.identity,
        website: input.website,
        securityContact: input.securityContact,
        details: input.details,
      },
      commission: {
        rate: input.commissionRate,
        maxRate: input.commissionMaxRate,
        maxChangeRate: input.commissionMaxChangeRate,
      },
      minSelfDelegationBaseUnits: BigInt(input.minSelfDelegation),
      selfDelegation: { denom, amountBaseUnits: selfDelegation },
    });
    const base = {
      chainId: input.network.chainId,
      accountNumber: account.accountNumber,
      sequence: account.sequence,
      pubkey: fromBase64(input.pubkeyBase64),
      messages: [message],
      memo: "",
    };
    if (balance < selfDelegation) throw balanceTooLow(balance, selfDelegation);
    const [{ gasUsed }, gas, status] = await Promise.all([
      chain.simulate(simulationTxBytes(base)),
      chain.gasFacts(),
      chain.status({ maxAgeMs: 0 }),
    ]);
    const gasLimit = gasLimitAgain(gasUsed, input.formerGasLimit === null ? null : BigInt(input.formerGasLimit));
    const ceiling = gas.maxTxGas ?? gas.maxBlockGas;
    if (ceiling !== null && gasLimit > ceiling) {
      throw upstreamRejected(
        "validators.gas_above_limit",
        `The transaction needs ${gasLimit} gas; the chain allows ${ceiling}.`,
      );
    }
    const fee = feeFrom(gasLimit, gasPriceFrom(gas));
    if (balance < selfDelegation + fee) throw balanceTooLow(balance, selfDelegation + fee);
    const plan = { ...base, gasLimit, fee: { denom, amountBaseUnits: fee } };
    const built = input.signMode === "direct" ? directTransaction(plan) : aminoTransaction(plan);
    return {
      chainId: input.network.chainId,
      accountNumber: account.accountNumber.toString(),
      sequence: account.sequence.toString(),
      bodyBytesBase64: toBase64(built.bodyBytes),
      authInfoBytesBase64: toBase64(built.authInfoBytes),
      signBytesBase64: toBase64(built.signBytes),
      aminoSignDoc: built.mode === "amino" ? built.stdSignDoc : null,
      fingerprint: built.fingerprint,
      gasLimit: gasLimit.toString(),
      feeBaseUnits: fee.toString(),
      denom,
      simulatedAtHeightBlocks: status.latestHeightBlocks.toString(),
      balanceBeforeBaseUnits: balance.toString(),
      balanceAfterBaseUnits: (balance - selfDelegation - fee).toString(),
    };
  },
});

const balanceTooLow = (balance: bigint, needed: bigint) =>
  conflict(
    "validators.balance_too_low",
    `The account holds ${balance} base units; stake and fee need ${needed}. Send the rest, then try again.`,
    {
      details: { balanceBaseUnits: balance.toString(), neededBaseUnits: needed.toString() },
    },
  );

/** Hands the signed bytes to the chain; the same bytes again are the same transaction. */
export const sendTransaction = defineEffect<Ports>()({
  verb: "validators.send-transaction",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({ network: NetworkFacts, txBytesBase64: z.string(), txHash: z.string() }),
  run: async (ctx, input) => {
    const chain = ctx.ports.chains.forNetwork(input.network);
    try {
      const { txHash } = await chain.broadcast(fromBase64(input.txBytesBase64));
      return { outcome: "sent" as const, txHash, reason: "", code: null, codespace: null };
    } catch (thrown) {
      if (!isAppError(thrown)) throw thrown;
      // Whether it was taken is unknown: the watch that follows looks for the hash, nothing is sent anew.
      if (thrown.code === "chain.broadcast_unknown")
        return { outcome: "unknown" as const, txHash: input.txHash, reason: "", code: null, codespace: null };
      if (thrown.code !== "chain.transaction_refused") throw thrown;
      const code = thrown.details.chainCode;
      return {
        outcome: "refused" as const,
        txHash: input.txHash,
        reason: thrown.message,
        code: typeof code === "number" ? code : null,
        codespace: String(thrown.details.codespace ?? ""),
      };
    }
  },
});

/** Looks for the transaction in the blocks; null while no block has it. */
export const findOnChain = defineEffect<Ports>()({
  verb: "validators.find-transaction-on-chain",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({ network: NetworkFacts, txHash: z.string() }),
  run: async (ctx, input) => {
    try {
      const found = await ctx.ports.chains.forNetwork(input.network).transaction(input.txHash, { maxAgeMs: 0 });
      return {
        code: found.code,
        codespace: found.codespace,
        reason: found.rawLog,
        heightBlocks: found.heightBlocks.toString(),
      };
    } catch (thrown) {
      if (isAppError(thrown) && thrown.kind === "not_found") return null;
      throw thrown;
    }
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
