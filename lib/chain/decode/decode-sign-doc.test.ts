import { fromBase64, fromHex, toUtf8 } from "@cosmjs/encoding";
import { AuthInfo, SignDoc, TxBody } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHAIN_VECTORS as golden } from "@/tests/support/chain-vectors";
import { fuzzRuns } from "@/tests/support/fuzz-runs";
import { aminoTransaction, directTransaction, type TransactionPlan } from "../build-transaction";
import { executeForMessage, grantAnyMessage, grantDelegatingMessage, revokeGrantMessage } from "../messages/authz";
import type { BuiltMessage } from "../messages/built-message";
import { createValidatorMessage } from "../messages/create-validator";
import {
  beginRedelegateMessage,
  cancelUnbondingMessage,
  delegateMessage,
  undelegateMessage,
} from "../messages/delegation";
import { depositMessage } from "../messages/deposit";
import { withdrawDelegatorRewardMessage, withdrawValidatorCommissionMessage } from "../messages/distribution";
import { editValidatorMessage } from "../messages/edit-validator";
import { grantFeesMessage, revokeFeesMessage } from "../messages/feegrant";
import { sendMessage } from "../messages/send";
import { unjailMessage } from "../messages/unjail";
import { voteMessage } from "../messages/vote";
import { decodeSignDoc } from "./decode-sign-doc";
import { allFields, type DecodedTransaction, describeTransaction } from "./decoded-transaction";
import { diffTransactions } from "./diff-transactions";
import { TransactionDecodeError } from "./transaction-decode-error";

const account = golden.accountAddress;
const operator = golden.operatorAddress;
const amount = { denom: "omniphi", amountBaseUnits: 2_500_000n };
const options = { denoms: [{ base: "omniphi", display: "OMNI", exponent: 6 }] };
const goldenDirect = fromHex(golden.createValidatorSignDocHex);
const goldenAmino = toUtf8(golden.createValidatorAminoJson);

const create = createValidatorMessage({
  operatorAddress: operator,
  consensusPubkeyBase64: golden.consensusPubkeyBase64,
  description: { moniker: "Golden one", identity: "", website: "", securityContact: "", details: "" },
  commission: { rate: "0.1", maxRate: "0.2", maxChangeRate: "0.01" },
  minSelfDelegationBaseUnits: 1n,
  selfDelegation: amount,
});
const delegation = { delegatorAddress: account, operatorAddress: operator, amount };
const pair = { granterAddress: account, granteeAddress: account };
const expiresAt = new Date("2026-05-01T12:00:00.789Z");
const EVERY_MESSAGE: readonly (readonly [string, BuiltMessage, string])[] = [
  [
    "create",
    create,
    'Create the validator "Golden one" with 2.5 OMNI (2\u202f500\u202f000 omniphi) of own stake and 10 % commission',
  ],
  [
    "edit",
    editValidatorMessage({ operatorAddress: operator, description: { moniker: "New" }, commissionRate: "0.11" }),
    `Change of the validator ${operator}: name to "New", commission to 11 %`,
  ],
  [
    "edit that clears a field",
    editValidatorMessage({ operatorAddress: operator, description: { website: "" } }),
    `Change of the validator ${operator}: website to nothing`,
  ],
  [
    "deposit",
    depositMessage({ depositorAddress: account, proposalId: 7n, amount }),
    "Add 2.5 OMNI (2\u202f500\u202f000 omniphi) to the deposit of proposal 7",
  ],
  ["unjail", unjailMessage({ operatorAddress: operator }), `Release the validator ${operator} from jail`],
  [
    "delegate",
    delegateMessage(delegation),
    `Stake 2.5 OMNI (2\u202f500\u202f000 omniphi) with the validator ${operator}`,
  ],
  [
    "undelegate",
    undelegateMessage(delegation),
    `Take 2.5 OMNI (2\u202f500\u202f000 omniphi) of stake back from the validator ${operator}`,
  ],
  [
    "redelegate",
    beginRedelegateMessage({
      delegatorAddress: account,
      sourceOperatorAddress: operator,
      destinationOperatorAddress: operator,
      amount,
    }),
    `Move 2.5 OMNI (2\u202f500\u202f000 omniphi) of stake from ${operator} to ${operator}`,
  ],
  [
    "cancel unbonding",
    cancelUnbondingMessage({ ...delegation, creationHeightBlocks: 77n }),
    `Stop unbonding 2.5 OMNI (2\u202f500\u202f000 omniphi) and stake it with ${operator} again`,
  ],
  [
    "withdraw reward",
    withdrawDelegatorRewardMessage({ delegatorAddress: account, operatorAddress: operator }),
    `Withdraw staking rewards earned with ${operator}`,
  ],
  [
    "withdraw commission",
    withdrawValidatorCommissionMessage({ operatorAddress: operator }),
    `Withdraw the commission of the validator ${operator}`,
  ],
  [
    "vote",
    voteMessage({ voterAddress: account, proposalId: 7n, option: "no_with_veto" }),
    "Vote No with veto on proposal 7",
  ],
  [
    "send",
    sendMessage({ fromAddress: account, toAddress: account, amount }),
    `Send 2.5 OMNI (2\u202f500\u202f000 omniphi) to ${account}`,
  ],
  [
    "a grant of one kind of message",
    grantAnyMessage({ ...pair, expiresAt, msgTypeUrl: "/a.v1.MsgB" }),
    `Let ${account} act for ${account}`,
  ],
  [
    "a fee allowance",
    grantFeesMessage({ ...pair, expiresAt, limit: amount, msgTypeUrls: ["/a.v1.MsgB"] }),
    `Pay fees of ${account} from ${account}`,
  ],
  [
    "a revocation",
    revokeGrantMessage({ ...pair, msgTypeUrl: "/a.v1.MsgB" }),
    `Take the permission for "/a.v1.MsgB" back from ${account}`,
  ],
  ["the end of a fee allowance", revokeFeesMessage(pair), `Pay no more fees of ${account}`],
  [
    "messages of another account",
    executeForMessage({ granteeAddress: account, messages: [delegateMessage(delegation)] }),
    "Act for another account: 1 messages",
  ],
];

const planOf = (messages: readonly BuiltMessage[], change: Partial<TransactionPlan> = {}): TransactionPlan => ({
  chainId: "omniphi-localnet-1",
  accountNumber: 12n,
  sequence: 3n,
  pubkey: fromBase64(golden.pubkeyBase64),
  messages,
  memo: "hello",
  fee: { denom: "omniphi", amountBaseUnits: 7_500n },
  gasLimit: 300_000n,
  ...change,
});

const shownOrRefused = (bytes: Uint8Array): string => {
  try {
    return describeTransaction(decodeSignDoc(bytes, options))
      .filter((line) => !line.startsWith("Fingerprint"))
      .join("\n");
  } catch (thrown) {
    if (thrown instanceof TransactionDecodeError) return `refused: ${thrown.refusal}`;
    throw thrown;
  }
};
const withBitFlipped = (bytes: Uint8Array, bit: number): Uint8Array =>
  bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
const rawAt = (decoded: DecodedTransaction, path: string) =>
  allFields(decoded).find((field) => field.path === path)?.raw;

describe("the signing sheet's decoder", () => {
  it("puts the golden MsgCreateValidator in words", () => {
    expect(describeTransaction(decodeSignDoc(goldenDirect, options))).toEqual([
      '1. Create the validator "Golden one" with 1.5 OMNI (1\u202f500\u202f000 omniphi) of own stake and 10 % commission',
      "Type: /cosmos.staking.v1beta1.MsgCreateValidator",
      'Description / Name: "Golden one"',
      'Description / Website: "https://example.org"',
      'Description / Security contact: "ops@example.org"',
      'Description / Details: "First of its kind"',
      "Commission / Commission: 10 %",
      "Commission / Max commission rate: 20 % (can never be changed)",
      "Commission / Max daily change of commission: 1 % (can never be changed)",
      "Least own stake: 1\u202f000\u202f000 base units",
      `Operator: ${operator}`,
      `Consensus key: ed25519 ${golden.consensusPubkeyBase64} (can never be changed)`,
      "Own stake: 1.5 OMNI (1\u202f500\u202f000 omniphi)",
      "Chain: omniphi-localnet-1",
      "Account number: 12",
      'Memo: "hello"',
      `Signer / Signing key: secp256k1 ${golden.pubkeyBase64}`,
      "Signer / Mode / Single signature / Signing mode: Direct",
      "Signer / Sequence: 3",
      "Fee / Amount: 0.0075 OMNI (7500 omniphi)",
      "Fee / Gas limit: 300000",
      `Fingerprint: ${golden.createValidatorFingerprint}`,
    ]);
  });

  it("shows or refuses something else for every single flipped bit of the golden protobuf document", () => {
    const shown = shownOrRefused(goldenDirect);
    const unnoticed = Array.from({ length: goldenDirect.length * 8 }, (_, bit) => bit).filter(
      (bit) => shownOrRefused(withBitFlipped(goldenDirect, bit)) === shown,
    );
    expect(goldenDirect.length).toBeGreaterThan(400);
    expect(unnoticed).toEqual([]);
  });

  it("shows or refuses something else for every single flipped bit of the golden amino document", () => {
    const shown = shownOrRefused(goldenAmino);
    const unnoticed = Array.from({ length: goldenAmino.length * 8 }, (_, bit) => bit).filter(
      (bit) => shownOrRefused(withBitFlipped(goldenAmino, bit)) === shown,
    );
    expect(unnoticed).toEqual([]);
  });

  it.each(EVERY_MESSAGE)(
    "explains %s from protobuf and amino alike, and notices a flipped bit in every byte",
    (_name, message, title) => {
      const direct = directTransaction(planOf([message])).signBytes;
      const amino = aminoTransaction(planOf([message])).signBytes;
      const decoded = decodeSignDoc(direct, options);
      expect(decoded.messages.map((one) => one.title)).toEqual([title]);
      expect(decoded.hasUnknown).toBe(false);
      expect(decoded.warnings).toEqual([]);
      expect(diffTransactions(decoded, decodeSignDoc(amino, options))).toEqual([]);
      for (const bytes of [direct, amino]) {
        const shown = shownOrRefused(bytes);
        const unnoticed = Array.from(bytes.keys()).filter(
          (at) => shownOrRefused(withBitFlipped(bytes, at * 8 + (at % 8))) === shown,
        );
        expect(unnoticed).toEqual([]);
      }
    },
  );

  it("shows how far a grant to delegate goes: one validator, an amount, a day", () => {
    const grant = grantDelegatingMessage({ ...pair, expiresAt, operatorAddress: operator, limit: amount });
    const decoded = decodeSignDoc(directTransaction(planOf([grant])).signBytes, options);
    expect(decoded.hasUnknown).toBe(false);
    const lines = describeTransaction(decoded).filter((line) => line.startsWith("Grant"));
    expect(lines).toEqual([
      "Grant / Permission / Type: /cosmos.staking.v1beta1.StakeAuthorization",
      "Grant / Permission / Limit: 2.5 OMNI (2\u202f500\u202f000 omniphi)",
      `Grant / Permission / Only with / Validator: ${operator}`,
      "Grant / Permission / Kind: Delegate",
      "Grant / Ends: 2026-05-01T12:00:00Z",
    ]);
  });

  it("never shows two different documents alike, whatever bytes are changed, added or removed", () => {
    const shown = shownOrRefused(goldenDirect);
    fc.assert(
      fc.property(
        fc.nat({ max: goldenDirect.length }),
        fc.nat({ max: 8 }),
        fc.uint8Array({ maxLength: 8 }),
        (at, cut, put) => {
          const changed = Uint8Array.from([...goldenDirect.slice(0, at), ...put, ...goldenDirect.slice(at + cut)]);
          fc.pre(changed.join() !== goldenDirect.join());
          expect(shownOrRefused(changed)).not.toBe(shown);
        },
      ),
      { numRuns: fuzzRuns(3_000) },
    );
  });

  it("refuses or shows any random bytes without failing in another way", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        shownOrRefused(bytes);
        shownOrRefused(Uint8Array.from([0x7b, ...bytes]));
      }),
      { numRuns: fuzzRuns(2_000) },
    );
  });

  it("brings any text of a person back so that invisible characters are seen", () => {
    const memo = 'pay "omni"\u202egnp.exe\u200b\\';
    const decoded = decodeSignDoc(directTransaction(planOf([create], { memo })).signBytes);
    const field = decoded.envelope.find((candidate) => candidate.path === "memo");
    expect(field?.raw).toBe(memo);
    expect(field?.display).toBe('"pay \\"omni\\"\\u{202e}gnp.exe\\u{200b}\\\\"');
    expect(decoded.warnings).toEqual(["Some text has letters beyond plain Latin, which can look like others."]);
  });

  it("shows an unknown message in full beside a known one and says that it is unknown", () => {
    const stranger = {
      typeUrl: "/evil.v1.MsgTakeAll",
      value: Uint8Array.of(1, 2, 255),
      amino: { type: "evil/TakeAll", value: { a: "b" } },
    };
    const direct = decodeSignDoc(directTransaction(planOf([create, stranger])).signBytes);
    expect(direct.messages.map((message) => message.known)).toEqual([true, false]);
    expect(direct.messages[1]?.title).toContain('Unknown message "/evil.v1.MsgTakeAll"');
    expect(direct.messages[1]?.fields.at(-1)).toMatchObject({ display: "0102ff", unknown: true });
    expect(direct.hasUnknown).toBe(true);
    expect(direct.warnings.join()).toContain("not understood");
    const amino = decodeSignDoc(aminoTransaction(planOf([stranger])).signBytes);
    expect(amino.messages[0]?.fields.at(-1)).toMatchObject({ display: '{"a":"b"}', unknown: true });
  });

  const rebuilt = (change: { body?: object; authInfo?: object; body_bytes?: Uint8Array }) => {
    const direct = directTransaction(planOf([create]));
    const body = { ...TxBody.decode(direct.bodyBytes), ...change.body };
    const authInfo = { ...AuthInfo.decode(direct.authInfoBytes), ...change.authInfo };
    return SignDoc.encode({
      bodyBytes: change.body_bytes ?? TxBody.encode(body).finish(),
      authInfoBytes: AuthInfo.encode(authInfo).finish(),
      chainId: direct.chainId,
      accountNumber: direct.accountNumber,
    }).finish();
  };

  it("shows extensions, payer, granter and timeout", () => {
    const extension = { typeUrl: "/ext.v1.Option", value: Uint8Array.of(9) };
    const decoded = decodeSignDoc(
      rebuilt({
        body: { extensionOptions: [extension], nonCriticalExtensionOptions: [extension], timeoutHeight: 99n },
        authInfo: { fee: { amount: [], gasLimit: 5n, payer: account, granter: account } },
      }),
    );
    expect(decoded.hasUnknown).toBe(true);
    expect(rawAt(decoded, "extension_options[0].@type")).toBe("/ext.v1.Option");
    expect(rawAt(decoded, "non_critical_extension_options[0].@value")).toBe("09");
    expect(rawAt(decoded, "timeout_height")).toBe("99");
    expect(rawAt(decoded, "fee.payer")).toBe(account);
    expect(rawAt(decoded, "fee.granter")).toBe(account);
  });

  it("warns when the key that signs is not the account's", () => {
    const pubkey = Uint8Array.from([...fromBase64(golden.pubkeyBase64)]);
    pubkey.set([pubkey[0] === 2 ? 3 : 2]);
    const decoded = decodeSignDoc(directTransaction(planOf([create], { pubkey })).signBytes);
    expect(decoded.warnings).toEqual([
      "The signing key does not belong to the account that the first message acts for.",
    ]);
  });

  it.each([
    ["a field twice", "12026869" + "12026869"],
    ["fields out of order", "12026869" + "0a00"],
    ["a zero that is written", "1800"],
    ["a number longer than needed", "18818000"],
    ["a group", "1b1c"],
    ["a cut-off text", "12056869"],
  ])("refuses a body with %s", (_name, tail) => {
    const message = directTransaction(planOf([create], { memo: "" })).bodyBytes;
    expect(() => decodeSignDoc(rebuilt({ body_bytes: Uint8Array.from([...message, ...fromHex(tail)]) }))).toThrow(
      TransactionDecodeError,
    );
  });

  it("refuses amino JSON with doubled keys, spaces or another order", () => {
    const text = golden.createValidatorAminoJson;
    for (const changed of [
      text.replace('"memo":"hello"', '"memo":"x","memo":"hello"'),
      text.replace('"memo":', '"memo": '),
      text.replace('"memo":"hello",', "").replace('"account_number"', '"memo":"hello","account_number"'),
      text.replace("hello", "\\u0068ello"),
    ]) {
      expect(changed).not.toBe(text);
      expect(() => decodeSignDoc(toUtf8(changed))).toThrow(TransactionDecodeError);
    }
  });
});

describe("comparing what was asked for with what came back", () => {
  const expected = decodeSignDoc(goldenDirect, options);
  const basePlan = planOf([
    createValidatorMessage({
      operatorAddress: operator,
      consensusPubkeyBase64: golden.consensusPubkeyBase64,
      description: {
        moniker: "Golden one",
        identity: "",
        website: "https://example.org",
        securityContact: "ops@example.org",
        details: "First of its kind",
      },
      commission: { rate: "0.1", maxRate: "0.2", maxChangeRate: "0.01" },
      minSelfDelegationBaseUnits: 1_000_000n,
      selfDelegation: { denom: "omniphi", amountBaseUnits: 1_500_000n },
    }),
  ]);
  const actualOf = (change: Partial<TransactionPlan>) =>
    decodeSignDoc(directTransaction({ ...basePlan, ...change }).signBytes, options);

  it("finds nothing between equal documents", () => {
    expect(diffTransactions(expected, actualOf({}))).toEqual([]);
    expect(diffTransactions(expected, decodeSignDoc(goldenAmino, options))).toEqual([]);
  });

  it("names an altered fee, memo, commission and key", () => {
    expect(diffTransactions(expected, actualOf({ fee: { denom: "omniphi", amountBaseUnits: 7_501n } }))).toEqual([
      {
        path: "fee.amount[0]",
        label: "Amount",
        expected: "0.0075 OMNI (7500 omniphi)",
        actual: "0.007501 OMNI (7501 omniphi)",
        permanent: false,
      },
    ]);
    expect(diffTransactions(expected, actualOf({ memo: "" }))).toMatchObject([
      { path: "memo", expected: '"hello"', actual: "none" },
    ]);
    const altered = golden.createValidatorAminoJson
      .replace('"max_rate":"0.200000000000000000"', '"max_rate":"1.000000000000000000"')
      .replace(golden.consensusPubkeyBase64, btoa("y".repeat(32)));
    expect(diffTransactions(expected, decodeSignDoc(toUtf8(altered), options))).toMatchObject([
      { label: "Max commission rate", expected: "20 %", actual: "100 %", permanent: true },
      { label: "Consensus key", permanent: true },
    ]);
  });

  it("names an added message and an added payer", () => {
    const added = actualOf({
      messages: [...basePlan.messages, sendMessage({ fromAddress: account, toAddress: account, amount })],
    });
    const paths = diffTransactions(expected, added).map((diff) => diff.path);
    expect(paths).toContain("messages[1].amount[0]");
    expect(diffTransactions(expected, added).every((diff) => diff.expected === null)).toBe(true);
  });
});
