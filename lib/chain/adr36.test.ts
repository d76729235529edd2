import { Secp256k1Wallet } from "@cosmjs/amino";
import { Secp256k1, sha256 } from "@cosmjs/crypto";
import { fromHex, toBase64 } from "@cosmjs/encoding";
import { describe, expect, it } from "vitest";
import { CHAIN_VECTORS as golden } from "@/tests/support/chain-vectors";
import { adr36SignBytes, adr36SignDoc, refuseAdr36 } from "./adr36";

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const message = "Sign in to Omniphi Cloud <localhost> & go on";

async function proof(text = message) {
  const wallet = await Secp256k1Wallet.fromKey(fromHex(golden.privateKeyHex), "omni");
  const { signature } = await wallet.signAmino(golden.accountAddress, adr36SignDoc(golden.accountAddress, text));
  return {
    address: golden.accountAddress,
    accountPrefix: "omni",
    message,
    pubkeyBase64: signature.pub_key.value as string,
    signatureBase64: signature.signature,
  };
}

describe("ADR-036 sign-in", () => {
  it("takes what a wallet's amino signer signs", async () => {
    expect(refuseAdr36(await proof())).toBeNull();
  });

  it("signs the sorted JSON of one MsgSignData without chain or fee", () => {
    expect(new TextDecoder().decode(adr36SignBytes("omni1x", "a<b"))).toBe(
      '{"account_number":"0","chain_id":"","fee":{"amount":[],"gas":"0"},"memo":"","msgs":[{"type":"sign/MsgSignData","value":{"data":"YTxi","signer":"omni1x"}}],"sequence":"0"}',
    );
  });

  it("refuses a signature over another statement", async () => {
    expect(refuseAdr36(await proof(`${message}.`))).toBe("signature_wrong");
  });

  it("refuses the malleable twin with a high s", async () => {
    const good = await proof();
    const bytes = Uint8Array.from(atob(good.signatureBase64), (character) => character.charCodeAt(0));
    const s = BigInt(`0x${Buffer.from(bytes.slice(32)).toString("hex")}`);
    const twin = Uint8Array.from([...bytes.slice(0, 32), ...fromHex((ORDER - s).toString(16).padStart(64, "0"))]);
    expect(refuseAdr36({ ...good, signatureBase64: toBase64(twin) })).toBe("signature_high_s");
  });

  it("refuses another person's key, however well it signed", async () => {
    const other = Secp256k1.makeKeypair(new Uint8Array(32).fill(7));
    const pubkey = Secp256k1.compressPubkey(other.pubkey);
    const signed = Secp256k1.createSignature(sha256(adr36SignBytes(golden.accountAddress, message)), other.privkey);
    const good = await proof();
    const forged = {
      ...good,
      pubkeyBase64: toBase64(pubkey),
      signatureBase64: toBase64(Uint8Array.from([...signed.r(32), ...signed.s(32)])),
    };
    expect(refuseAdr36(forged)).toBe("pubkey_not_of_address");
  });

  it("refuses the raw text signed without the ADR-036 document", async () => {
    const signed = Secp256k1.createSignature(sha256(new TextEncoder().encode(message)), fromHex(golden.privateKeyHex));
    const raw = toBase64(Uint8Array.from([...signed.r(32), ...signed.s(32)]));
    expect(refuseAdr36({ ...(await proof()), signatureBase64: raw })).toBe("signature_wrong");
  });

  it.each([
    ["pubkeyBase64", "AAAA", "pubkey_invalid"],
    ["pubkeyBase64", "%%", "pubkey_invalid"],
    ["signatureBase64", "AAAA", "signature_malformed"],
    ["signatureBase64", "%%", "signature_malformed"],
    ["signatureBase64", toBase64(new Uint8Array(64)), "signature_wrong"],
  ] as const)("refuses a broken %s (%s)", async (field, value, reason) => {
    expect(refuseAdr36({ ...(await proof()), [field]: value })).toBe(reason);
  });
});
