import { Secp256k1, Secp256k1Signature, sha256 } from "@cosmjs/crypto";
import { fromBase64, toHex } from "@cosmjs/encoding";
import { TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { directSignBytes, transactionHashOf } from "@/lib/chain/build-transaction";
import { decodeSignDoc } from "@/lib/chain/decode/decode-sign-doc";
import { changedFieldName, diffTransactions } from "@/lib/chain/decode/diff-transactions";

/** What was prepared and shown. */
export type PreparedBytes = {
  readonly chainId: string;
  readonly accountNumber: bigint;
  readonly bodyBytesBase64: string;
  readonly authInfoBytesBase64: string;
  readonly signBytesBase64: string;
  /** Compressed secp256k1 key of the signer. */
  readonly pubkey: Uint8Array;
};

export type SignedTransactionCheck =
  | { readonly outcome: "ok"; readonly txHash: string }
  | { readonly outcome: "unreadable" }
  | { readonly outcome: "other_bytes"; readonly fields: readonly string[] }
  | { readonly outcome: "bad_signature" };

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

/**
 * Holds the signed bytes against the prepared ones: body and auth info must be equal to the byte, the one signature must verify over the exact
 * sign bytes. What differs is named field by field, so that an altered fee, memo, commission or key is seen before anything is sent.
 */
export function checkSignedTransaction(prepared: PreparedBytes, txBytes: Uint8Array): SignedTransactionCheck {
  let raw: TxRaw;
  try {
    raw = TxRaw.decode(txBytes);
  } catch {
    return { outcome: "unreadable" };
  }
  const body = fromBase64(prepared.bodyBytesBase64);
  const authInfo = fromBase64(prepared.authInfoBytesBase64);
  if (!sameBytes(raw.bodyBytes, body) || !sameBytes(raw.authInfoBytes, authInfo)) {
    return { outcome: "other_bytes", fields: changedFields(prepared, raw) };
  }
  const [signature, ...more] = raw.signatures;
  if (signature === undefined || more.length > 0 || signature.length !== 64) return { outcome: "bad_signature" };
  if (!verifies(signature, sha256(fromBase64(prepared.signBytesBase64)), prepared.pubkey))
    return { outcome: "bad_signature" };
  // Re-encoding what was decoded catches bytes that hide behind unknown fields of TxRaw.
  if (!sameBytes(TxRaw.encode(raw).finish(), txBytes)) return { outcome: "unreadable" };
  return { outcome: "ok", txHash: transactionHashOf(txBytes) };
}

/** Order of the secp256k1 group (SEC 2, 2.4.1). */
const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** Of a signature's two spellings the chain takes the lower `s` alone (cosmos-sdk, crypto/keys/secp256k1): the other makes another hash. */
const isCanonical = (signature: Uint8Array): boolean =>
  BigInt(`0x${toHex(signature.slice(32))}`) <= SECP256K1_ORDER / 2n;

function verifies(signature: Uint8Array, digest: Uint8Array, pubkey: Uint8Array): boolean {
  if (!isCanonical(signature)) return false;
  try {
    return Secp256k1.verifySignature(Secp256k1Signature.fromFixedLength(signature), digest, pubkey);
  } catch {
    return false;
  }
}

function changedFields(prepared: PreparedBytes, raw: TxRaw): readonly string[] {
  const { chainId, accountNumber } = prepared;
  try {
    const shown = decodeSignDoc(
      directSignBytes({
        chainId,
        accountNumber,
        bodyBytes: fromBase64(prepared.bodyBytesBase64),
        authInfoBytes: fromBase64(prepared.authInfoBytesBase64),
      }),
    );
    const signed = decodeSignDoc(
      directSignBytes({ chainId, accountNumber, bodyBytes: raw.bodyBytes, authInfoBytes: raw.authInfoBytes }),
    );
    const fields = diffTransactions(shown, signed).map(changedFieldName);
    return fields.length > 0 ? fields : ["bytes that are not shown"];
  } catch {
    return ["unreadable transaction"];
  }
}
