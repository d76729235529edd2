import { Secp256k1, Secp256k1Signature, sha256 } from "@cosmjs/crypto";
import { fromHex, toBase64, toHex } from "@cosmjs/encoding";
import { describe, expect, it } from "vitest";
import { formatBech32Address } from "@/lib/chain/bech32-address";
import { directTransaction, signedTxBytes, transactionHashOf } from "@/lib/chain/build-transaction";
import { accountAddressBytes } from "@/lib/chain/key-address";
import { sendMessage } from "@/lib/chain/messages/send";
import { checkSignedTransaction } from "./check-signed-transaction";
import { SignedTxBytes } from "./schemas";

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const privateKey = new Uint8Array(32).fill(7);
const pubkey = Secp256k1.compressPubkey(Secp256k1.makeKeypair(privateKey).pubkey);
const address = formatBech32Address("omni", accountAddressBytes(pubkey));
const built = directTransaction({
  chainId: "omniphi-localnet-1",
  accountNumber: 3n,
  sequence: 1n,
  pubkey,
  memo: "",
  gasLimit: 100_000n,
  fee: { denom: "omniphi", amountBaseUnits: 2_500n },
  messages: [
    sendMessage({ fromAddress: address, toAddress: address, amount: { denom: "omniphi", amountBaseUnits: 1n } }),
  ],
});
const prepared = {
  chainId: "omniphi-localnet-1",
  accountNumber: 3n,
  bodyBytesBase64: toBase64(built.bodyBytes),
  authInfoBytesBase64: toBase64(built.authInfoBytes),
  signBytesBase64: toBase64(built.signBytes),
  pubkey,
};
const { r, s } = (() => {
  const made = Secp256k1.createSignature(sha256(built.signBytes), privateKey).toFixedLength();
  return { r: made.slice(0, 32), s: made.slice(32, 64) };
})();
const signedWith = (...parts: Uint8Array[]) =>
  signedTxBytes({ ...built, signature: new Uint8Array(parts.flatMap((part) => [...part])) });

describe("a signed transaction", () => {
  it("is good with the one signature that the chain takes", () => {
    const txBytes = signedWith(r, s);
    expect(checkSignedTransaction(prepared, txBytes)).toEqual({ outcome: "ok", txHash: transactionHashOf(txBytes) });
  });

  it("is refused with the same signature in its other spelling, which verifies as well and which no chain takes", () => {
    const other = fromHex((ORDER - BigInt(`0x${toHex(s)}`)).toString(16).padStart(64, "0"));
    const both = Secp256k1Signature.fromFixedLength(new Uint8Array([...r, ...other]));
    expect(Secp256k1.verifySignature(both, sha256(built.signBytes), pubkey)).toBe(true);
    expect(checkSignedTransaction(prepared, signedWith(r, other))).toEqual({ outcome: "bad_signature" });
  });
});

describe("the bytes of a broadcast", () => {
  const isTaken = (txBytes: string) => SignedTxBytes.safeParse(txBytes).success;

  it.each(["AAAA", "AAA=", "AA==", "AAAAAA=="])("may be %s", (text) => {
    expect(isTaken(text)).toBe(true);
  });

  it.each(["", "A", "AA", "AAA", "A=", "A===", "AAAA=", "====", "AA=A", "AA==AA==", "AA-_"])(
    "may not be %j",
    (text) => {
      expect(isTaken(text)).toBe(false);
    },
  );
});
