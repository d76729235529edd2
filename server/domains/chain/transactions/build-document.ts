import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { aminoTransaction, directTransaction, gasLimitOf, simulationTxBytes } from "@/lib/chain/build-transaction";
import { ChainFormatError } from "@/lib/chain/chain-format-error";
import { feeFrom, gasLimitAgain, gasPriceFrom } from "@/lib/chain/gas";
import { accountAddressOfPubkey } from "@/lib/chain/key-address";
import type { BuiltMessage } from "@/lib/chain/messages/built-message";
import { coinWords } from "@/lib/money";
import { isTestWallet } from "@/server/domains/identity";
import type { ServiceCtx } from "@/server/kernel/context";
import type { ChainNetwork } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import {
  accountUnfunded,
  balanceTooLow,
  gasAboveLimit,
  signerBusy,
  signerKeyInvalid,
  testWalletRefused,
} from "../errors";
import { isSignerBusy, listTransactionsOf } from "./repository";
import type { SignMode, TransactionSubject } from "./schemas";

/** Everything that decides which document a person is asked to sign. */
export type DocumentRequest = {
  readonly network: ChainNetwork;
  readonly kind: "mainnet" | "testnet" | "localnet";
  /** What the transaction is for: a newer document for it replaces an unsigned one. */
  readonly subject: TransactionSubject;
  readonly signerAddress: string;
  /** Compressed secp256k1 key of the signer in base64, as the wallet gave it. */
  readonly pubkeyBase64: string;
  readonly signMode: SignMode;
  readonly messages: readonly BuiltMessage[];
  /** What the messages take from the signer's balance, without the fee. */
  readonly spendsBaseUnits: bigint;
  /** Account that pays the fee under an allowance of its own; the signer pays where there is none. */
  readonly feeGranterAddress?: string;
  /** In which coins are counted for people; base units where nothing is said. */
  readonly denom?: { readonly displayDenom: string; readonly denomExponent: number };
};

/** Address of the key; null when the bytes are no key. */
function addressOf(pubkeyBase64: string, accountPrefix: string): string | null {
  try {
    return accountAddressOfPubkey(fromBase64(pubkeyBase64), accountPrefix);
  } catch (thrown) {
    if (thrown instanceof ChainFormatError) return null;
    throw thrown;
  }
}

/**
 * Builds the exact bytes to sign: account and sequence from the chain, gas from a simulation with half on top, price from the node's floor.
 * @throws forbidden chain.test_wallet_refused, invalid chain.signer_key_invalid, conflict chain.signer_busy, chain.account_unfunded, chain.balance_too_low,
 * upstream_rejected chain.simulation_refused, chain.gas_above_limit
 */
export async function buildDocument(
  ctx: ServiceCtx<Ports> & { readonly organizationId: string },
  request: DocumentRequest,
) {
  const { network, signerAddress, messages, spendsBaseUnits } = request;
  const shownIn = request.denom;
  const inWords = shownIn && ((baseUnits: bigint) => coinWords(baseUnits, shownIn));
  // Asked with each document: the wallet may have been marked since the last one.
  if (request.kind !== "localnet" && (await isTestWallet(ctx, { address: signerAddress }))) throw testWalletRefused();
  if (addressOf(request.pubkeyBase64, network.bech32.account) !== signerAddress) throw signerKeyInvalid();
  const former = (await listTransactionsOf(ctx.db, ctx.organizationId, request.subject)).find(
    ({ status }) => status === "prepared",
  );
  // What is on its way has the sequence that the chain would name next.
  if (await isSignerBusy(ctx.db, { networkId: network.networkId, signerAddress })) throw signerBusy();
  const chain = ctx.ports.chains.forNetwork(network);
  const denom = network.baseDenom;
  const account = await chain.account(signerAddress, { maxAgeMs: 0 });
  if (!account.exists) throw accountUnfunded();
  const balance =
    (await chain.spendableBalances(request.feeGranterAddress ?? signerAddress, { maxAgeMs: 0 })).find(
      (coin) => coin.denom === denom,
    )?.amountBaseUnits ?? 0n;
  const base = {
    chainId: network.chainId,
    accountNumber: account.accountNumber,
    sequence: account.sequence,
    pubkey: fromBase64(request.pubkeyBase64),
    messages,
    memo: "",
    feeGranterAddress: request.feeGranterAddress,
  };
  if (balance < spendsBaseUnits) throw balanceTooLow(balance, spendsBaseUnits, inWords);
  const [{ gasUsed }, gas, status] = await Promise.all([
    chain.simulate(simulationTxBytes(base)),
    chain.gasFacts(),
    chain.status({ maxAgeMs: 0 }),
  ]);
  const gasLimit = gasLimitAgain(
    gasUsed,
    former === undefined ? null : gasLimitOf(fromBase64(former.authInfoBytesBase64)),
  );
  const ceiling = gas.maxTxGas ?? gas.maxBlockGas;
  if (ceiling !== null && gasLimit > ceiling) throw gasAboveLimit(gasLimit, ceiling);
  const fee = feeFrom(gasLimit, gasPriceFrom(gas));
  if (balance < spendsBaseUnits + fee) throw balanceTooLow(balance, spendsBaseUnits + fee, inWords);
  const plan = { ...base, gasLimit, fee: { denom, amountBaseUnits: fee } };
  const built = request.signMode === "direct" ? directTransaction(plan) : aminoTransaction(plan);
  return {
    chainId: network.chainId,
    accountNumber: account.accountNumber.toString(),
    sequence: account.sequence.toString(),
    bodyBytesBase64: toBase64(built.bodyBytes),
    authInfoBytesBase64: toBase64(built.authInfoBytes),
    signBytesBase64: toBase64(built.signBytes),
    aminoSignDoc: built.mode === "amino" ? built.stdSignDoc : null,
    signMode: request.signMode,
    fingerprint: built.fingerprint,
    gasLimit: gasLimit.toString(),
    feeBaseUnits: fee.toString(),
    denom,
    simulatedAtHeightBlocks: status.latestHeightBlocks.toString(),
    balanceBeforeBaseUnits: balance.toString(),
    balanceAfterBaseUnits: (balance - spendsBaseUnits - fee).toString(),
  };
}
