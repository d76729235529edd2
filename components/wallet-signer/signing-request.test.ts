import { toBase64 } from "@cosmjs/encoding";
import { describe, expect, it } from "vitest";
import { aminoTransaction, directTransaction } from "@/lib/chain/build-transaction";
import { sendMessage } from "@/lib/chain/messages/send";
import { CHAIN_VECTORS as golden } from "@/tests/support/chain-vectors";
import { signingRequestOf } from "./signing-request";

const CHAIN_ID = "omniphi-localnet-1";

const plan = (amountBaseUnits: bigint, chainId = CHAIN_ID) => ({
  chainId,
  accountNumber: 7n,
  sequence: 3n,
  pubkey: Uint8Array.from([2, ...new Array<number>(32).fill(9)]),
  memo: "",
  gasLimit: 100_000n,
  fee: { denom: "omniphi", amountBaseUnits: 2_500n },
  messages: [
    sendMessage({
      fromAddress: golden.accountAddress,
      toAddress: golden.accountAddress,
      amount: { denom: "omniphi", amountBaseUnits },
    }),
  ],
});

const told = (built: ReturnType<typeof directTransaction> | ReturnType<typeof aminoTransaction>) => ({
  signMode: built.mode,
  signBytes: toBase64(built.signBytes),
  bodyBytes: toBase64(built.bodyBytes),
  authInfoBytes: toBase64(built.authInfoBytes),
});

describe("what the wallet is asked to sign", () => {
  const shown = directTransaction(plan(1n));
  const other = directTransaction(plan(999n));

  it("are the parts of the bytes that were shown", () => {
    const { bodyBytes, authInfoBytes } = shown;
    expect(signingRequestOf(told(shown), CHAIN_ID)).toEqual({
      mode: "direct",
      bodyBytes,
      authInfoBytes,
      chainId: CHAIN_ID,
      accountNumber: 7n,
    });
  });

  it("stays what was shown when the server tells another body beside it", () => {
    const lie = { ...told(other), signBytes: toBase64(shown.signBytes) };
    expect(signingRequestOf(lie, CHAIN_ID)).toEqual(signingRequestOf(told(shown), CHAIN_ID));
  });

  it("is the document itself for a device that signs amino", () => {
    const built = aminoTransaction(plan(1n));
    expect(signingRequestOf(told(built), CHAIN_ID)).toMatchObject({ mode: "amino", signDoc: built.stdSignDoc });
  });
});

describe("bytes that are refused before the wallet is asked", () => {
  const direct = directTransaction(plan(1n));
  const amino = aminoTransaction(plan(1n));
  const withBytes = (signMode: "direct" | "amino", bytes: Uint8Array) => ({
    ...told(direct),
    signMode,
    signBytes: toBase64(bytes),
  });

  it.each([
    ["of another chain", told(directTransaction(plan(1n, "omniphi-1")))],
    ["of another chain, for a device", told(aminoTransaction(plan(1n, "omniphi-1")))],
    ["of the other mode", withBytes("direct", amino.signBytes)],
    ["of the other mode, for a device", withBytes("amino", direct.signBytes)],
    ["with a field that nobody shows", withBytes("direct", Uint8Array.from([...direct.signBytes, 0x7a, 0x01, 0x41]))],
    ["that end too early", withBytes("direct", direct.signBytes.slice(0, -3))],
    ["with a space in the document", withBytes("amino", Uint8Array.from([...amino.signBytes, 0x20]))],
  ])("%s", (_, prepared) => {
    expect(() => signingRequestOf(prepared, CHAIN_ID)).toThrow(
      expect.objectContaining({ name: "TransactionDecodeError" }),
    );
  });
});
