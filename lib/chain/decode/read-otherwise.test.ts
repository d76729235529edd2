import { fromBase64, toUtf8 } from "@cosmjs/encoding";
import { SignDoc, TxBody } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { describe, expect, it } from "vitest";
import { CHAIN_VECTORS as golden } from "@/tests/support/chain-vectors";
import { directTransaction } from "../build-transaction";
import { decodeSignDoc } from "./decode-sign-doc";
import { decodeWireMessage } from "./decode-wire-message";
import { AUTH_INFO } from "./envelope-schemas";
import { TOP } from "./field-collector";
import { TransactionDecodeError } from "./transaction-decode-error";

const account = golden.accountAddress;

/** A number as protobuf carries it, with no regard for what its field can hold. */
function varint(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const low = Number(rest & 0x7fn);
    if (rest < 0x80n) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}
const held = (number: number, content: readonly number[]) => [
  ...varint(BigInt(number << 3) | 2n),
  ...varint(BigInt(content.length)),
  ...content,
];
const text = (number: number, value: string) => held(number, [...toUtf8(value)]);

/** A vote whose option is that number on the wire. */
const voteDocument = (option: bigint): Uint8Array =>
  documentOf("/cosmos.gov.v1beta1.MsgVote", [0x08, 7, ...text(2, account), 0x18, ...varint(option)]);
/** Everything of a transaction but its messages. */
const AROUND = directTransaction({
  chainId: "omniphi-localnet-1",
  accountNumber: 7n,
  sequence: 1n,
  pubkey: fromBase64(golden.pubkeyBase64),
  messages: [],
  memo: "",
  fee: { denom: "omniphi", amountBaseUnits: 7_500n },
  gasLimit: 200_000n,
});
function documentOf(typeUrl: string, value: readonly number[]): Uint8Array {
  const body = TxBody.fromPartial({ messages: [{ typeUrl, value: Uint8Array.from(value) }] });
  const { authInfoBytes, chainId, accountNumber } = AROUND;
  return SignDoc.encode({ bodyBytes: TxBody.encode(body).finish(), authInfoBytes, chainId, accountNumber }).finish();
}

const aminoVote = (option: string, proposal = '"7"') =>
  toUtf8(
    `{"account_number":"1","chain_id":"c","fee":{"amount":[],"gas":"1"},"memo":"","msgs":[{"type":"cosmos-sdk/MsgVote","value":{"option":${option},"proposal_id":${proposal},"voter":"${account}"}}],"sequence":"1"}`,
  );

describe("a number that the chain would read as another one", () => {
  // gogoproto reads an enum into 32 bits and drops what does not fit: 2^32 + 1 is a Yes there.
  it.each([2n ** 32n + 1n, 2n ** 32n, 2n ** 31n, 2n ** 63n + 1n, 2n ** 64n - 2n ** 31n - 1n])(
    "is refused as the option %s of a vote",
    (option) => {
      expect(() => decodeSignDoc(voteDocument(option))).toThrow(TransactionDecodeError);
    },
  );

  it("is refused beyond 64 bits on the wire", () => {
    expect(() => decodeSignDoc(voteDocument(2n ** 64n + 1n))).toThrow(TransactionDecodeError);
  });

  it.each([
    ["an option beyond 32 bits", aminoVote("4294967297")],
    ["an option below 32 bits", aminoVote("-2147483649")],
    ["a proposal beyond 64 bits", aminoVote("1", '"18446744073709551617"')],
    ["a proposal below zero", aminoVote("1", '"-1"')],
    [
      "a sequence beyond 64 bits",
      toUtf8(new TextDecoder().decode(aminoVote("1")).replace('"sequence":"1"', '"sequence":"18446744073709551617"')),
    ],
    [
      "an account beyond 64 bits",
      toUtf8(
        new TextDecoder()
          .decode(aminoVote("1"))
          .replace('"account_number":"1"', '"account_number":"18446744073709551617"'),
      ),
    ],
  ])("is refused as %s in amino", (_, document) => {
    expect(() => decodeSignDoc(document)).toThrow(TransactionDecodeError);
  });
});

describe("an option that nobody here knows", () => {
  it.each([5n, 2n ** 31n - 1n, 2n ** 64n - 1n])("is flagged: %s", (option) => {
    const decoded = decodeSignDoc(voteDocument(option));
    const field = decoded.messages[0]?.fields.find(({ path }) => path === "messages[0].option");
    expect(field).toMatchObject({ unknown: true, display: expect.stringContaining("unknown option") });
    expect(decoded.hasUnknown).toBe(true);
    expect(decoded.warnings.join()).toContain("Do not sign what nobody can explain.");
  });

  it.each(["5", "0", "-1"])("is flagged in amino: %s", (option) => {
    expect(decodeSignDoc(aminoVote(option)).hasUnknown).toBe(true);
  });

  it("is none of those that are known", () => {
    for (const option of [1n, 2n, 3n, 4n]) expect(decodeSignDoc(voteDocument(option)).hasUnknown).toBe(false);
    expect(decodeSignDoc(aminoVote("1")).hasUnknown).toBe(false);
  });
});

describe("one of two", () => {
  const signerInfo = (modeInfo: readonly number[]) => Uint8Array.from(held(1, held(2, modeInfo)));
  const single = held(1, [0x08, 1]);
  const multi = held(2, [0x0a, 0]);
  const shown = (bytes: Uint8Array) => decodeWireMessage(bytes, AUTH_INFO, TOP, {});

  it("is flagged when it is a way of signing that cannot be shown", () => {
    expect(shown(signerInfo(single)).some(({ unknown }) => unknown)).toBe(false);
    expect(shown(signerInfo(multi)).some(({ unknown }) => unknown)).toBe(true);
    expect(shown(signerInfo([...single, ...multi])).some(({ unknown }) => unknown)).toBe(true);
  });

  it("is refused when both lists of a staking grant are there, of which the chain takes the last", () => {
    const list = held(1, [...toUtf8(account)]);
    const grant = (lists: readonly number[]) => {
      const authorization = [...text(1, "/cosmos.staking.v1beta1.StakeAuthorization"), ...held(2, [...lists, 0x20, 1])];
      const value = [...text(1, account), ...text(2, account), ...held(3, held(1, authorization))];
      return documentOf("/cosmos.authz.v1beta1.MsgGrant", value);
    };
    expect(decodeSignDoc(grant(held(2, list))).hasUnknown).toBe(false);
    expect(() => decodeSignDoc(grant([...held(2, list), ...held(3, list)]))).toThrow(TransactionDecodeError);
  });
});
