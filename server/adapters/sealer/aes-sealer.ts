import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import type { Sealer } from "@/server/ports/sealer";

const VERSION = "v1";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Names a key without telling anything of it. */
const keyIdOf = (key: Buffer): string =>
  createHash("sha256").update("omniphi/kek-id/v1").update(key).digest("hex").slice(0, 12);

/**
 * AES-256-GCM under keys of this installation. The first key seals; the others still open what they sealed. A sealed text is
 * `v1.<key id>.<base64url of nonce, ciphertext and tag>`, with the row's id as additional data.
 */
export function createAesSealer({ keysBase64 }: { readonly keysBase64: readonly [string, ...string[]] }): Sealer {
  const keys = keysBase64.map((text) => {
    const key = Buffer.from(text, "base64");
    if (key.length !== 32) throw new Error("a sealing key has 32 bytes");
    return { key, id: keyIdOf(key) };
  });
  return {
    seal: (plain, boundTo) => {
      const [newest] = keys;
      if (newest === undefined) throw new Error("there is no sealing key");
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", newest.key, iv);
      cipher.setAAD(Buffer.from(`${VERSION}.${newest.id}.${boundTo}`));
      const sealed = Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return `${VERSION}.${newest.id}.${sealed.toString("base64url")}`;
    },
    open: (sealed, boundTo) => {
      const [version, keyId = "", body = ""] = sealed.split(".");
      if (version !== VERSION) throw new Error("a sealed text of another version");
      const found = keys.find(({ id }) => id === keyId);
      if (found === undefined) throw new Error(`the key ${keyId} that sealed this is not one of this installation`);
      const bytes = Buffer.from(body, "base64url");
      if (bytes.length < IV_BYTES + TAG_BYTES) throw new Error("a sealed text that was cut");
      const decipher = createDecipheriv("aes-256-gcm", found.key, bytes.subarray(0, IV_BYTES));
      decipher.setAAD(Buffer.from(`${VERSION}.${keyId}.${boundTo}`));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString("utf8");
    },
  };
}
