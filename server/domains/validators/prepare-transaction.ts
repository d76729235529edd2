import { fromBase64 } from "@cosmjs/encoding";
import { z } from "zod";
import { gasLimitOf } from "@/lib/chain/build-transaction";
import { ChainFormatError } from "@/lib/chain/chain-format-error";
import { accountAddressOfPubkey } from "@/lib/chain/key-address";
import { isTestWallet } from "@/server/domains/identity";
import { defineFlow, defineQuery } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { buildCreateValidator } from "./ask-chain";
import { fieldInvalid, notReadyToSign, setupRequestNotFound, testWalletRefused } from "./errors";
import { getSetupRequest } from "./get-setup-request";
import { networkOf } from "./network-of";
import { recordPrepared } from "./record-prepared";
import { findSetup, listTransactions } from "./repository";
import { type PreparedTransaction, PrepareTransactionInput, SetupRequestId } from "./schemas";

/** Address of the key; null when the bytes are no key. */
function addressOf(pubkeyBase64: string, accountPrefix: string): string | null {
  try {
    return accountAddressOfPubkey(fromBase64(pubkeyBase64), accountPrefix);
  } catch (thrown) {
    if (thrown instanceof ChainFormatError) return null;
    throw thrown;
  }
}

/** Gas limit of the unsigned document that the next one replaces; null when there is none. @throws not_found validators.setup_request_not_found */
export const findPreparedGasLimit = defineQuery({
  verb: "validators.find-prepared-gas-limit",
  scope: "validators:read",
  tenancy: "organization",
  input: z.strictObject({ setupRequestId: SetupRequestId }),
  run: async (ctx, input) => {
    if (!(await findSetup(ctx.db, ctx.organizationId, input.setupRequestId))) {
      throw setupRequestNotFound(input.setupRequestId);
    }
    const rows = await listTransactions(ctx.db, ctx.organizationId, input.setupRequestId);
    const prepared = rows.find((row) => row.status === "prepared");
    return { gasLimit: prepared ? gasLimitOf(fromBase64(prepared.authInfoBytesBase64)).toString() : null };
  },
});

/**
 * Builds the exact `MsgCreateValidator` transaction for the wallet to sign and keeps its bytes: what comes back is held against them.
 * @throws invalid_state validators.not_ready_to_sign, forbidden validators.test_wallet_refused, conflict validators.balance_too_low, upstream_rejected chain.simulation_refused
 */
export const prepareTransaction = defineFlow<Ports>()({
  verb: "validators.prepare-transaction",
  scope: "validators:write",
  tenancy: "organization",
  input: PrepareTransactionInput,
  run: async (ctx, input): Promise<PreparedTransaction> => {
    const { setupRequest: setup } = await getSetupRequest(ctx, { setupRequestId: input.setupRequestId });
    if (setup.status !== "ready_for_chain_tx" || setup.consensusPubkey === null) throw notReadyToSign(setup.status);
    const { network, kind } = await networkOf(ctx, setup.networkId);
    // Asked again here: the wallet may have been marked since.
    if (kind !== "localnet" && (await isTestWallet(ctx, { address: setup.walletAddress }))) throw testWalletRefused();
    if (addressOf(input.pubkey, network.bech32.account) !== setup.walletAddress) {
      throw fieldInvalid("pubkey", "not the key of the wallet that this request belongs to");
    }
    const { gasLimit: formerGasLimit } = await findPreparedGasLimit(ctx, { setupRequestId: setup.id });
    const built = await buildCreateValidator(ctx, {
      network,
      signMode: input.signMode,
      pubkeyBase64: input.pubkey,
      walletAddress: setup.walletAddress,
      operatorAddress: setup.operatorAddress,
      consensusPubkey: setup.consensusPubkey,
      moniker: setup.validatorName,
      identity: setup.identity,
      website: setup.website,
      securityContact: setup.securityContact,
      details: setup.description,
      commissionRate: setup.commissionRate,
      commissionMaxRate: setup.commissionMaxRate,
      commissionMaxChangeRate: setup.commissionMaxChangeRate,
      minSelfDelegation: setup.minSelfDelegation,
      selfDelegation: setup.selfDelegation,
      formerGasLimit,
    });
    // Bytes are built anew with each call (sequence and gas move), so an Idempotency-Key must not bring back an older document's id.
    const { idempotency: _unused, ...withoutKey } = ctx;
    const { transactionId } = await recordPrepared(withoutKey, {
      setupRequestId: setup.id,
      signMode: input.signMode,
      bodyBytesBase64: built.bodyBytesBase64,
      authInfoBytesBase64: built.authInfoBytesBase64,
      signBytesBase64: built.signBytesBase64,
      signerPubkeyBase64: input.pubkey,
      accountNumber: built.accountNumber,
      sequence: built.sequence,
      fingerprint: built.fingerprint,
    });
    return {
      transactionId,
      chainId: built.chainId,
      accountNumber: built.accountNumber,
      sequence: built.sequence,
      bodyBytes: built.bodyBytesBase64,
      authInfoBytes: built.authInfoBytesBase64,
      signBytes: built.signBytesBase64,
      aminoSignDoc: built.aminoSignDoc,
      signMode: input.signMode,
      fingerprint: built.fingerprint,
      gasLimit: built.gasLimit,
      feeBaseUnits: built.feeBaseUnits,
      denom: built.denom,
      balanceBeforeBaseUnits: built.balanceBeforeBaseUnits,
      balanceAfterBaseUnits: built.balanceAfterBaseUnits,
      stakeBeforeBaseUnits: "0",
      stakeAfterBaseUnits: setup.selfDelegation,
      simulatedAtHeightBlocks: built.simulatedAtHeightBlocks,
    };
  },
});
