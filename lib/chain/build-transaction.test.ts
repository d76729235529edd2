import { fromBase64, toHex, toUtf8 } from "@cosmjs/encoding";
import { MsgCreateValidator, MsgEditValidator } from "cosmjs-types/cosmos/staking/v1beta1/tx";
import { describe, expect, it } from "vitest";
import { CHAIN_VECTORS as golden } from "@/tests/support/chain-vectors";
import {
  aminoTransaction,
  directTransaction,
  signedTxBytes,
  type TransactionPlan,
  transactionHashOf,
} from "./build-transaction";
import { ChainFormatError } from "./chain-format-error";
import { type CreateValidatorInput, createValidatorMessage } from "./messages/create-validator";
import { editValidatorMessage } from "./messages/edit-validator";

const createInput: CreateValidatorInput = {
  operatorAddress: golden.operatorAddress,
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
};

const plan = (): TransactionPlan => ({
  chainId: "omniphi-localnet-1",
  accountNumber: 12n,
  sequence: 3n,
  pubkey: fromBase64(golden.pubkeyBase64),
  messages: [createValidatorMessage(createInput)],
  memo: "hello",
  fee: { denom: "omniphi", amountBaseUnits: 7_500n },
  gasLimit: 300_000n,
});

describe("building transactions", () => {
  it("makes the golden sign bytes of a MsgCreateValidator, byte for byte", () => {
    const direct = directTransaction(plan());
    expect(toHex(direct.signBytes)).toBe(golden.createValidatorSignDocHex);
    expect(direct.fingerprint).toBe(golden.createValidatorFingerprint);
  });

  it("makes the golden amino sign bytes", () => {
    expect(new TextDecoder().decode(aminoTransaction(plan()).signBytes)).toBe(golden.createValidatorAminoJson);
  });

  it("keeps rates as atomics in protobuf and leaves the deprecated delegator empty", () => {
    const decoded = MsgCreateValidator.decode(createValidatorMessage(createInput).value);
    expect(decoded.commission.rate).toBe("100000000000000000");
    expect(decoded.delegatorAddress).toBe("");
    expect(decoded.pubkey?.typeUrl).toBe("/cosmos.crypto.ed25519.PubKey");
  });

  it("says [do-not-modify] for every field of an edit that is not named", () => {
    const message = editValidatorMessage({ operatorAddress: golden.operatorAddress, description: { moniker: "New" } });
    const decoded = MsgEditValidator.decode(message.value);
    expect(decoded.description).toEqual({
      moniker: "New",
      identity: "[do-not-modify]",
      website: "[do-not-modify]",
      securityContact: "[do-not-modify]",
      details: "[do-not-modify]",
    });
    expect(decoded.commissionRate).toBe("");
    expect(decoded.minSelfDelegation).toBe("");
    expect(message.amino.value).not.toHaveProperty("commission_rate");
  });

  it.each([
    ["a moniker of 72 bytes in 36 letters", { description: { ...createInput.description, moniker: "é".repeat(36) } }],
    ["no moniker", { description: { ...createInput.description, moniker: "" } }],
    ["a rate over its maximum", { commission: { ...createInput.commission, rate: "0.3" } }],
    ["a minimum over the self stake", { minSelfDelegationBaseUnits: 1_500_001n }],
    ["a minimum of nothing", { minSelfDelegationBaseUnits: 0n }],
    ["a broken operator", { operatorAddress: golden.operatorAddress.replace("gsv", "gsw") }],
    ["a key of 31 bytes", { consensusPubkeyBase64: btoa("x".repeat(31)) }],
    ["a negative stake", { selfDelegation: { denom: "omniphi", amountBaseUnits: -1n } }],
  ] as const)("refuses to build with %s", (_name, change) => {
    expect(() => createValidatorMessage({ ...createInput, ...change })).toThrow(ChainFormatError);
  });

  it("counts description limits in bytes, not letters", () => {
    expect(toUtf8("é".repeat(35)).length).toBe(70);
    const moniker = "é".repeat(35);
    expect(() =>
      createValidatorMessage({ ...createInput, description: { ...createInput.description, moniker } }),
    ).not.toThrow();
  });

  it("hashes signed bytes as the chain does", () => {
    const txBytes = signedTxBytes({
      bodyBytes: Uint8Array.of(1),
      authInfoBytes: Uint8Array.of(2),
      signature: Uint8Array.of(3),
    });
    expect(toHex(txBytes)).toBe("0a01011201021a0103");
    expect(transactionHashOf(txBytes)).toMatch(/^[0-9A-F]{64}$/);
  });
});
