import { encodeSecp256k1Pubkey, makeSignDoc as makeAminoSignDoc, type StdSignDoc } from "@cosmjs/amino";
import { sha256 } from "@cosmjs/crypto";
import { toHex } from "@cosmjs/encoding";
import { encodePubkey } from "@cosmjs/proto-signing";
import { SignMode } from "cosmjs-types/cosmos/tx/signing/v1beta1/signing";
import { AuthInfo, SignDoc, TxBody, TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { canonicalJson, type Json } from "./decode/canonical-json";
import { fingerprintOf } from "./fingerprint";
import { requireCompressedPubkey } from "./key-address";
import { type BuiltCoin, type BuiltMessage, wireCoin } from "./messages/built-message";

/** Everything that decides the bytes of a transaction with one signer. */
export type TransactionPlan = {
  readonly chainId: string;
  readonly accountNumber: bigint;
  readonly sequence: bigint;
  /** Compressed secp256k1 key of the signer. */
  readonly pubkey: Uint8Array;
  readonly messages: readonly BuiltMessage[];
  readonly memo: string;
  readonly fee: BuiltCoin;
  readonly gasLimit: bigint;
  /** Account that pays the fee under an allowance; the signer pays where there is none. */
  readonly feeGranterAddress?: string | undefined;
  /** Last height at which the chain may take it; absent is no limit. */
  readonly timeoutHeightBlocks?: bigint | undefined;
};

/** What a wallet's `signDirect` takes, and the exact bytes that it signs. */
export type DirectTransaction = {
  readonly mode: "direct";
  readonly chainId: string;
  readonly accountNumber: bigint;
  readonly bodyBytes: Uint8Array;
  readonly authInfoBytes: Uint8Array;
  readonly signBytes: Uint8Array;
  readonly fingerprint: string;
};

/** What a wallet's `signAmino` takes (Ledger), with the body and auth info that its signature belongs to. */
export type AminoTransaction = {
  readonly mode: "amino";
  readonly chainId: string;
  readonly accountNumber: bigint;
  readonly bodyBytes: Uint8Array;
  readonly authInfoBytes: Uint8Array;
  readonly stdSignDoc: StdSignDoc;
  readonly signBytes: Uint8Array;
  readonly fingerprint: string;
};

/** The transaction for direct signing. */
export function directTransaction(plan: TransactionPlan): DirectTransaction {
  const bodyBytes = bodyOf(plan);
  const authInfoBytes = authInfoOf(plan, SignMode.SIGN_MODE_DIRECT);
  const signBytes = directSignBytes({
    bodyBytes,
    authInfoBytes,
    chainId: plan.chainId,
    accountNumber: plan.accountNumber,
  });
  return {
    mode: "direct",
    chainId: plan.chainId,
    accountNumber: plan.accountNumber,
    bodyBytes,
    authInfoBytes,
    signBytes,
    fingerprint: fingerprintOf(signBytes),
  };
}

/** The same transaction for amino JSON signing. */
export function aminoTransaction(plan: TransactionPlan): AminoTransaction {
  const stdSignDoc = makeAminoSignDoc(
    plan.messages.map((message) => message.amino),
    {
      amount: feeCoins(plan),
      gas: plan.gasLimit.toString(),
      ...(plan.feeGranterAddress === undefined ? {} : { granter: plan.feeGranterAddress }),
    },
    plan.chainId,
    plan.memo,
    plan.accountNumber.toString(),
    plan.sequence.toString(),
    plan.timeoutHeightBlocks,
  );
  // Not the library's own serialising, which leaves separators of lines as they are: the chain's JSON does not.
  const signBytes = new TextEncoder().encode(canonicalJson(JSON.parse(JSON.stringify(stdSignDoc)) as Json));
  return {
    mode: "amino",
    chainId: plan.chainId,
    accountNumber: plan.accountNumber,
    bodyBytes: bodyOf(plan),
    authInfoBytes: authInfoOf(plan, SignMode.SIGN_MODE_LEGACY_AMINO_JSON),
    stdSignDoc,
    signBytes,
    fingerprint: fingerprintOf(signBytes),
  };
}

/** The bytes of a protobuf SignDoc, which direct signing hashes. */
export function directSignBytes(doc: {
  readonly bodyBytes: Uint8Array;
  readonly authInfoBytes: Uint8Array;
  readonly chainId: string;
  readonly accountNumber: bigint;
}): Uint8Array {
  return SignDoc.encode({ ...doc }).finish();
}

/** Bytes for `/simulate`: the plan with an empty signature. */
export function simulationTxBytes(plan: Omit<TransactionPlan, "gasLimit" | "fee">): Uint8Array {
  const withoutFee = { ...plan, gasLimit: 0n, fee: undefined };
  const authInfoBytes = authInfoOf(withoutFee, SignMode.SIGN_MODE_DIRECT);
  return TxRaw.encode({ bodyBytes: bodyOf(plan), authInfoBytes, signatures: [new Uint8Array()] }).finish();
}

/** Signed bytes for broadcast. @param signature 64 bytes, r and s, as wallets return it */
export function signedTxBytes(signed: {
  readonly bodyBytes: Uint8Array;
  readonly authInfoBytes: Uint8Array;
  readonly signature: Uint8Array;
}): Uint8Array {
  const { bodyBytes, authInfoBytes, signature } = signed;
  return TxRaw.encode({ bodyBytes, authInfoBytes, signatures: [signature] }).finish();
}

/** The gas limit that these bytes ask for; 0 where they name no fee. */
export const gasLimitOf = (authInfoBytes: Uint8Array): bigint => AuthInfo.decode(authInfoBytes).fee?.gasLimit ?? 0n;

/** The hash under which the chain files these signed bytes: upper-case hex of SHA-256. */
export function transactionHashOf(txBytes: Uint8Array): string {
  return toHex(sha256(txBytes)).toUpperCase();
}

type PlanWithoutFee = Omit<TransactionPlan, "fee"> & { readonly fee: BuiltCoin | undefined };

function bodyOf(plan: Omit<TransactionPlan, "gasLimit" | "fee">): Uint8Array {
  return TxBody.encode(
    TxBody.fromPartial({
      messages: plan.messages.map(({ typeUrl, value }) => ({ typeUrl, value })),
      memo: plan.memo,
      timeoutHeight: plan.timeoutHeightBlocks ?? 0n,
    }),
  ).finish();
}

function authInfoOf(plan: PlanWithoutFee, mode: SignMode): Uint8Array {
  return AuthInfo.encode(
    AuthInfo.fromPartial({
      signerInfos: [
        {
          publicKey: encodePubkey(encodeSecp256k1Pubkey(requireCompressedPubkey(plan.pubkey))),
          modeInfo: { single: { mode } },
          sequence: plan.sequence,
        },
      ],
      fee: { amount: feeCoins(plan), gasLimit: plan.gasLimit, granter: plan.feeGranterAddress ?? "" },
    }),
  ).finish();
}

/** A fee of nothing is an empty list: the chain refuses a coin of zero. */
function feeCoins(plan: PlanWithoutFee): { denom: string; amount: string }[] {
  return plan.fee === undefined || plan.fee.amountBaseUnits === 0n ? [] : [wireCoin(plan.fee)];
}
