import { createPrivateKey, createPublicKey, hkdfSync, sign } from "node:crypto";
import type { AgentAuthority } from "@/server/ports/agent-authority";

/** What stands before the 32 bytes of an Ed25519 seed in PKCS #8 (RFC 8410, section 7). */
const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");
const RAW_KEY_BYTES = 32;

/** The key is derived from the installation's secret, so that every process has it, no row holds it, and a new secret means a new key. */
export function createDerivedAgentAuthority(config: {
  readonly authSecret: string;
  readonly publicUrl: string;
}): AgentAuthority {
  const seed = Buffer.from(hkdfSync("sha256", config.authSecret, "", "omniphi/agent-authority/v1", RAW_KEY_BYTES));
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: "der", type: "pkcs8" });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return {
    origin: new URL(config.publicUrl).origin,
    publicKeyBase64: spki.subarray(-RAW_KEY_BYTES).toString("base64"),
    sign: (bytes) => sign(null, bytes, key).toString("base64url"),
  };
}
