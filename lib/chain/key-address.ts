import { Ripemd160, Secp256k1, sha256 } from "@cosmjs/crypto";
import { fromBase64, toHex } from "@cosmjs/encoding";
import { ADDRESS_LENGTH_BYTES, formatBech32Address } from "./bech32-address";
import { ChainFormatError } from "./chain-format-error";

const ED25519_PUBKEY_LENGTH_BYTES = 32;
const SECP256K1_COMPRESSED_LENGTH_BYTES = 33;

/** Raw ed25519 key from base64. @throws ChainFormatError unless it is exactly 32 bytes in canonical base64 */
export function parseConsensusPubkey(consensusPubkeyBase64: string): Uint8Array {
  const bytes = decodeBase64(consensusPubkeyBase64);
  if (bytes.length !== ED25519_PUBKEY_LENGTH_BYTES) {
    throw new ChainFormatError("pubkey_invalid", `A consensus key holds 32 bytes; this one holds ${bytes.length}.`);
  }
  return bytes;
}

/** The 20 consensus address bytes: the head of SHA-256 of the raw ed25519 key (cometbft 0.38, crypto/ed25519). */
export function consensusAddressBytes(consensusPubkey: Uint8Array): Uint8Array {
  if (consensusPubkey.length !== ED25519_PUBKEY_LENGTH_BYTES) {
    throw new ChainFormatError(
      "pubkey_invalid",
      `A consensus key holds 32 bytes; this one holds ${consensusPubkey.length}.`,
    );
  }
  return sha256(consensusPubkey).slice(0, ADDRESS_LENGTH_BYTES);
}

/** `…valcons1…` of a base64 consensus key. */
export function consensusAddressOf(consensusPubkeyBase64: string, consensusPrefix: string): string {
  return formatBech32Address(consensusPrefix, consensusAddressBytes(parseConsensusPubkey(consensusPubkeyBase64)));
}

/** Upper-case hex of the consensus address, as CometBFT writes it in commits. */
export function consensusAddressHexOf(consensusPubkeyBase64: string): string {
  return toHex(consensusAddressBytes(parseConsensusPubkey(consensusPubkeyBase64))).toUpperCase();
}

/** The 20 account bytes: RIPEMD-160 of SHA-256 of the compressed secp256k1 key; not Ethereum's. @throws ChainFormatError */
export function accountAddressBytes(pubkey: Uint8Array): Uint8Array {
  return hash160(requireCompressedPubkey(pubkey));
}

/** RIPEMD-160 of SHA-256, whatever the bytes are; an account's address when they are its key. */
export function hash160(bytes: Uint8Array): Uint8Array {
  return new Ripemd160().update(sha256(bytes)).digest();
}

/** Account address of a compressed secp256k1 key. */
export function accountAddressOfPubkey(pubkey: Uint8Array, accountPrefix: string): string {
  return formatBech32Address(accountPrefix, accountAddressBytes(pubkey));
}

/** The key itself when it is a compressed point of the curve. @throws ChainFormatError */
export function requireCompressedPubkey(pubkey: Uint8Array): Uint8Array {
  const head = pubkey[0];
  if (pubkey.length !== SECP256K1_COMPRESSED_LENGTH_BYTES || (head !== 2 && head !== 3)) {
    throw new ChainFormatError("pubkey_invalid", "A wallet key is a compressed secp256k1 key of 33 bytes.");
  }
  try {
    Secp256k1.uncompressPubkey(pubkey);
  } catch (cause) {
    throw new ChainFormatError("pubkey_invalid", "This wallet key is not a point of the curve.", cause);
  }
  return pubkey;
}

function decodeBase64(text: string): Uint8Array {
  try {
    return fromBase64(text);
  } catch (cause) {
    throw new ChainFormatError("pubkey_invalid", "This key is not valid base64.", cause);
  }
}
