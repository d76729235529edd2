import { sha256 } from "@cosmjs/crypto";

/** Crockford's alphabet: no I, L, O or U, so that a code read aloud cannot be misheard. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const FINGERPRINT_BYTES = 10;

/** Short code of the exact bytes that a wallet signs: first 80 bits of SHA-256 as `XXXX-XXXX-XXXX-XXXX`; equal on every surface. */
export function fingerprintOf(signBytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of sha256(signBytes).slice(0, FINGERPRINT_BYTES)) bits = (bits << 8n) | BigInt(byte);
  let code = "";
  for (let shift = 75n; shift >= 0n; shift -= 5n) code += ALPHABET[Number((bits >> shift) & 31n)];
  return code.replace(/(.{4})(?=.)/g, "$1-");
}
