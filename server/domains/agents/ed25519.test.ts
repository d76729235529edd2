import { generateKeyPairSync, sign } from "node:crypto";
import { expect, it } from "vitest";
import { isSignedBy } from "./ed25519";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
const bytes = new TextEncoder().encode("a request");
const signature = sign(null, bytes, privateKey).toString("base64url");

it("takes the key's own signature of these bytes and nothing else", () => {
  expect(isSignedBy(raw, bytes, signature)).toBe(true);
  expect(isSignedBy(raw, new TextEncoder().encode("another"), signature)).toBe(false);
  const other = generateKeyPairSync("ed25519").publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  expect(isSignedBy(other.toString("base64"), bytes, signature)).toBe(false);
});

it("takes a key or a signature of another shape for no signature", () => {
  expect(isSignedBy("AAAA", bytes, signature)).toBe(false);
  expect(isSignedBy(raw, bytes, "AAAA")).toBe(false);
  expect(isSignedBy(raw, bytes, "")).toBe(false);
  // Points of small order would sign anything.
  expect(isSignedBy(Buffer.alloc(32).toString("base64"), bytes, Buffer.alloc(64).toString("base64url"))).toBe(false);
});
