import { createPublicKey, verify } from "node:crypto";

/** What stands before the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo (RFC 8410, section 4). */
const SPKI_ED25519 = Buffer.from("302a300506032b6570032100", "hex");

/** Whether the key (raw, base64) signed exactly these bytes; false for a key or signature of another shape. */
export function isSignedBy(publicKeyBase64: string, bytes: Uint8Array, signatureBase64Url: string): boolean {
  const raw = Buffer.from(publicKeyBase64, "base64");
  if (raw.length !== 32) return false;
  try {
    const key = createPublicKey({ key: Buffer.concat([SPKI_ED25519, raw]), format: "der", type: "spki" });
    return verify(null, bytes, key, Buffer.from(signatureBase64Url, "base64url"));
  } catch {
    return false;
  }
}
