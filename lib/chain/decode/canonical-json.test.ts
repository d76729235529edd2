import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatBech32Address } from "../bech32-address";
import { aminoTransaction } from "../build-transaction";
import { sendMessage } from "../messages/send";
import { canonicalJson, parseCanonicalJson } from "./canonical-json";

/** Texts and what Go's encoding/json makes of them; `devnet/app/json_vectors_test.go` holds them against the chain's own. */
const VECTORS: readonly { readonly text: string; readonly written: string }[] = JSON.parse(
  readFileSync("tests/support/go-json-vectors.json", "utf8"),
);
const bytesOf = (text: string) => new TextEncoder().encode(text);
const ADDRESS = formatBech32Address("omni", new Uint8Array(20));

describe("amino's JSON of a text", () => {
  it.each(VECTORS)("is the chain's own: $written", ({ text, written }) => {
    expect(canonicalJson({ memo: text })).toBe(written);
    expect(parseCanonicalJson(bytesOf(written))).toEqual({ memo: text });
  });

  it("is what is signed of a memo, separators of lines among it", () => {
    for (const { text, written } of VECTORS) {
      const { signBytes } = aminoTransaction({
        chainId: "omniphi-localnet-1",
        accountNumber: 1n,
        sequence: 2n,
        pubkey: new Uint8Array(33).fill(2),
        memo: text,
        gasLimit: 100n,
        fee: { denom: "omniphi", amountBaseUnits: 1n },
        messages: [
          sendMessage({
            fromAddress: ADDRESS,
            toAddress: ADDRESS,
            amount: { denom: "omniphi", amountBaseUnits: 1n },
          }),
        ],
      });
      expect(new TextDecoder().decode(signBytes)).toContain(written.slice(1, -1));
    }
  });

  it("is read back as the same text, whatever it is, and leaves nothing for Go to write otherwise", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        fc.pre(!/\p{Cs}/u.test(text));
        const written = canonicalJson({ memo: text });
        expect(parseCanonicalJson(bytesOf(written))).toEqual({ memo: text });
        expect(written).not.toMatch(/[<>&\u2028\u2029]/);
      }),
    );
  });
});
