import { describe, expect, it } from "vitest";
import { toWalletError, WalletError } from "./wallet-error";

describe("wallet errors", () => {
  it.each([
    [{ code: 4001, message: "x" }, "rejected"],
    [{ code: 4100 }, "locked"],
    [{ code: 4902 }, "wrong_network"],
    [new Error("Request rejected"), "rejected"],
    [new Error("The wallet is locked"), "locked"],
    [new Error("There is no chain info for omniphi-localnet-1"), "wrong_network"],
    [new Error("Ledger does not support direct"), "unsupported"],
    [{ code: 4200, message: "x" }, "unsupported"],
    [new Error("User rejected the request."), "rejected"],
    [new Error("User denied transaction signature"), "rejected"],
    [new Error("Key ring is locked or not initialized"), "locked"],
    [new Error("There is no modular chain info for cosmoshub-4"), "wrong_network"],
    [{ module: "keyring", code: 141, message: "x" }, "locked"],
    [{ module: "ledger-sign", code: 1, message: "Failed to init ledger" }, "device_away"],
    [{ module: "ledger-sign", code: 2, message: "x" }, "device_app"],
    [{ module: "ledger-sign", code: 3, message: "x" }, "locked"],
    [{ module: "ledger-sign", code: 5, message: "x" }, "other_account"],
    [{ module: "ledger-sign", code: 7, message: "x" }, "rejected"],
    [{ name: "TransportStatusError", statusCode: 0x6985, message: "x" }, "rejected"],
    [{ name: "TransportStatusError", statusCode: 0x5515, message: "x" }, "locked"],
    [{ name: "TransportStatusError", statusCode: 0x6e00, message: "x" }, "device_app"],
    [new Error("Ledger device: Locked device (0x5515)"), "locked"],
    [new Error("Ledger device: CLA_NOT_SUPPORTED (0x6e00)"), "device_app"],
    [{ name: "DisconnectedDevice", message: "x" }, "device_away"],
    [new DOMException("No device selected.", "NotFoundError"), "device_away"],
    [new Error("The device was disconnected."), "device_away"],
    ["?", "failed"],
    [undefined, "failed"],
    // Words within other words, and sentences of others.
    [new Error("Failed to read block 12"), "failed"],
    [new Error("Timed out waiting for the block"), "failed"],
    [new Error("Unhandled promise rejection"), "failed"],
    [new Error("The node rejected the transaction: out of gas"), "failed"],
    [new Error("The clock is wrong"), "failed"],
    [new Error("Failed to fetch the ledger of accounts"), "failed"],
    [{ code: "__proto__", module: "constructor", name: "toString", message: "x" }, "failed"],
  ] as const)("sorts %o as %s", (thrown, reason) => {
    expect(toWalletError(thrown).reason).toBe(reason);
  });

  it("keeps one that is ours already and says what to do in each", () => {
    const own = new WalletError("locked");
    expect(toWalletError(own)).toBe(own);
    expect(own.message).toContain("Unlock");
  });
});
