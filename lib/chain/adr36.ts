import { type StdSignDoc, serializeSignDoc } from "@cosmjs/amino";
import { Secp256k1, Secp256k1Signature, sha256 } from "@cosmjs/crypto";
import { fromBase64, toBase64, toUtf8 } from "@cosmjs/encoding";
import { parseBech32Address } from "./bech32-address";
import { ChainFormatError } from "./chain-format-error";
import { accountAddressBytes } from "./key-address";

/** Half the order of secp256k1 (SEC 2, 2.4.1): a signature with a larger s is the malleable twin of another. */
const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
const SIGNATURE_LENGTH_BYTES = 64;

/** The document that `signArbitrary` of Keplr-type wallets signs (Cosmos ADR-036): no chain, no fee, one `sign/MsgSignData`. */
export function adr36SignDoc(signerAddress: string, message: string): StdSignDoc {
  return {
    account_number: "0",
    chain_id: "",
    fee: { amount: [], gas: "0" },
    memo: "",
    msgs: [{ type: "sign/MsgSignData", value: { data: toBase64(toUtf8(message)), signer: signerAddress } }],
    sequence: "0",
  };
}

/** The bytes of that document, in amino's sorted JSON. */
export function adr36SignBytes(signerAddress: string, message: string): Uint8Array {
  return serializeSignDoc(adr36SignDoc(signerAddress, message));
}

/** Why a sign-in proof was refused. */
export type Adr36Refusal =
  | "pubkey_invalid"
  | "pubkey_not_of_address"
  | "signature_malformed"
  | "signature_high_s"
  | "signature_wrong";

/**
 * Null when the wallet behind the address signed exactly this message: the key hashes to the address, s is low, and the signature is over the
 * ADR-036 bytes. @param proof key (33 bytes) and signature (r and s, 64 bytes) in base64, as wallets return them
 */
export function refuseAdr36(input: {
  readonly address: string;
  readonly accountPrefix: string;
  readonly message: string;
  readonly pubkeyBase64: string;
  readonly signatureBase64: string;
}): Adr36Refusal | null {
  const addressBytes = parseBech32Address(input.address, input.accountPrefix);
  const pubkey = base64OrNull(input.pubkeyBase64);
  const signature = base64OrNull(input.signatureBase64);
  if (pubkey === null) return "pubkey_invalid";
  let keyAddress: Uint8Array;
  try {
    keyAddress = accountAddressBytes(pubkey);
  } catch (thrown) {
    if (thrown instanceof ChainFormatError) return "pubkey_invalid";
    throw thrown;
  }
  if (!equalBytes(keyAddress, addressBytes)) return "pubkey_not_of_address";
  if (signature === null || signature.length !== SIGNATURE_LENGTH_BYTES) return "signature_malformed";
  if (bigEndian(signature.slice(32)) > HALF_ORDER) return "signature_high_s";
  const digest = sha256(adr36SignBytes(input.address, input.message));
  return isSignatureValid(signature, digest, pubkey) ? null : "signature_wrong";
}

function isSignatureValid(signature: Uint8Array, digest: Uint8Array, pubkey: Uint8Array): boolean {
  try {
    return Secp256k1.verifySignature(Secp256k1Signature.fromFixedLength(signature), digest, pubkey);
  } catch {
    // r or s out of range: not a signature of anything.
    return false;
  }
}

function base64OrNull(text: string): Uint8Array | null {
  try {
    return fromBase64(text);
  } catch {
    return null;
  }
}

function bigEndian(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
